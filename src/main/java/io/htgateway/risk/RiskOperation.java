package io.htgateway.risk;

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
 * Documents the endpoint for liquidation risk.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation(operationId = "liquidationRisk", summary = "Liquidation risk by asset", tags = "Liquidation data",
		description = "Share of open interest close to liquidation, per asset, for one cohort. All pages of a cohort"
				+ " are cut from one list, so that paging shows no gaps and costs one upstream call.",
		parameters = {
				@Parameter(name = "segmentId", in = ParameterIn.PATH, required = true, example = "5",
						description = "Cohort: 16 Shrimp, 1 Fish, 2 Dolphin, 3 Apex Predator, 4 Small Whale, 5 Whale,"
								+ " 6 Tidal Whale, 7 Leviathan, 8 Money Printer, 9 Smart Money, 10 Grinder,"
								+ " 11 Humble Earner, 12 Exit Liquidity, 13 Semi-Rekt, 14 Full Rekt, 15 Giga-Rekt",
						schema = @Schema(type = "integer", minimum = "1")),
				@Parameter(name = "offset", in = ParameterIn.QUERY, description = "Number of items to skip",
						schema = @Schema(type = "integer", minimum = "0", maximum = "1000000", defaultValue = "0")),
				@Parameter(name = "limit", in = ParameterIn.QUERY, example = "50",
						description = "Most items of the page; without it as many as the upstream gives",
						schema = @Schema(type = "integer", minimum = "1", maximum = "500")) })
@ApiResponse(responseCode = "200", description = "The page, byte for byte as the upstream gives it",
		content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
				examples = @ExampleObject(name = "risk", ref = "#/components/examples/liquidation-risk")))
@interface RiskOperation {

}
