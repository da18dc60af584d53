package io.htgateway.fills;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/**
 * Documents the endpoint for fills.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation(operationId = "liquidationFills", summary = "Liquidation fills", tags = "Liquidation data",
		description = "Raw liquidation fills, newest first; with `start` oldest first. All parameters are optional."
				+ " To read on, send the `nextCursor` of a page with the next request; it is null or absent on the"
				+ " last page.",
		parameters = {
				@Parameter(name = "limit", in = ParameterIn.QUERY,
						description = "Number of fills; the upstream gives 500 without it", example = "10",
						schema = @Schema(type = "integer", minimum = "1", maximum = "1000")),
				@Parameter(name = "coin", in = ParameterIn.QUERY,
						description = "One coin, case-sensitive, with its dex prefix if it has one: `ETH`,"
								+ " `cash:HOOD`. In the wrong case the list is empty.",
						schema = @Schema(type = "string", pattern = "^([A-Za-z0-9]{1,24}:)?[A-Za-z0-9]{1,24}$")),
				@Parameter(name = "address", in = ParameterIn.QUERY,
						description = "One wallet, in any case: `0x3160fb45324397c607528892eef27ad183768d7f`",
						schema = @Schema(type = "string", pattern = "^0x[0-9a-fA-F]{40}$")),
				@Parameter(name = "start", in = ParameterIn.QUERY,
						description = "First time, ISO 8601: `2026-05-28T17:00:00Z`",
						schema = @Schema(type = "string", format = "date-time")),
				@Parameter(name = "end", in = ParameterIn.QUERY,
						description = "Last time, ISO 8601 like `start`: only with `start`, later than it, and at most 3 months"
								+ " after it",
						schema = @Schema(type = "string", format = "date-time")),
				@Parameter(name = "side", in = ParameterIn.QUERY, description = "`A` for ask (sell), `B` for bid (buy)",
						schema = @Schema(type = "string", allowableValues = { "A", "B" })),
				@Parameter(name = "nextCursor", in = ParameterIn.QUERY,
						description = "Position from the page before, as it was given",
						schema = @Schema(type = "string", minLength = 1, maxLength = 2048, pattern = "^[ -~]+$")) })
@ApiResponse(responseCode = "200", description = "The fills, byte for byte as the upstream gave them",
		content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
				examples = @ExampleObject(name = "fills", ref = "#/components/examples/fills")))
@interface FillsOperation {

}
