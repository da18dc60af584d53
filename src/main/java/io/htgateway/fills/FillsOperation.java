package io.htgateway.fills;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
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
				+ " For the next page send the same request with the `nextCursor` of this page; it is null or absent"
				+ " on the last page.",
		parameters = {
				@Parameter(name = "limit", in = ParameterIn.QUERY, example = "10",
						description = "Number of fills on the page: 1 to 1000. HyperTracker's default is 500.",
						schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "1000")),
				@Parameter(name = "coin", in = ParameterIn.QUERY,
						description = "One market, case-sensitive: `BTC`, `kPEPE`, or with a dex prefix `cash:HOOD`. At most"
								+ " 24 letters and digits, and at most 24 more in the prefix. HyperTracker answers an"
								+ " empty list for the wrong case, such as `btc`; the response header `Coin-Spelling`"
								+ " then has the right spelling.",
						schema = @Schema(type = "string", minLength = 1, maxLength = 49)),
				@Parameter(name = "address", in = ParameterIn.QUERY,
						description = "One wallet: `0x` and 40 hexadecimal digits in any case, such as"
								+ " `0x3160fb45324397c607528892eef27ad183768d7f`",
						schema = @Schema(type = "string", minLength = 42, maxLength = 42)),
				@Parameter(name = "start", in = ParameterIn.QUERY,
						description = "Start of the period in ISO 8601: `2026-05-28T17:00:00Z` or `2026-05-28`. UTC is assumed"
								+ " if the time has no offset.",
						schema = @Schema(type = "string", format = "date-time")),
				@Parameter(name = "end", in = ParameterIn.QUERY,
						description = "End of the period in ISO 8601. Requires `start`, and must be later than it by at most"
								+ " 3 months.",
						schema = @Schema(type = "string", format = "date-time")),
				@Parameter(name = "side", in = ParameterIn.QUERY, description = "`A` for ask (sell), `B` for bid (buy)",
						schema = @Schema(type = "string", allowableValues = { "A", "B" })),
				@Parameter(name = "nextCursor", in = ParameterIn.QUERY,
						description = "The `nextCursor` of the page before, unchanged: 1 to 2048 printable ASCII characters."
								+ " A parameter `cursor` does not exist.",
						schema = @Schema(type = "string", minLength = 1, maxLength = 2048)) })
@ApiResponse(responseCode = "200", description = "The fills, byte for byte as HyperTracker gave them",
		headers = @Header(name = CoinSpelling.HEADER, description = CoinSpelling.MEANING,
				schema = @Schema(type = "string", example = "\"BTC\"")),
		content = @Content(mediaType = "application/json",
				schema = @Schema(ref = "#/components/schemas/LiquidationFills"),
				examples = @ExampleObject(name = "fills", ref = "#/components/examples/fills")))
@interface FillsOperation {

}
