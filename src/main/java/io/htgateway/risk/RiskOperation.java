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
		description = "Open interest of one cohort by asset, and the share of it that is at high risk of liquidation. All"
				+ " pages of a cohort are cut from one list, so that pages have no gaps and cost one upstream call.",
		parameters = {
				@Parameter(name = "segmentId", in = ParameterIn.PATH, required = true, example = "5",
						description = "Id of the cohort: 16 Shrimp, 1 Fish, 2 Dolphin, 3 Apex Predator, 4 Small Whale,"
								+ " 5 Whale, 6 Tidal Whale, 7 Leviathan, 8 Money Printer, 9 Smart Money,"
								+ " 10 Consistent Grinder, 11 Humble Earner, 12 Exit Liquidity, 13 Semi-Rekt,"
								+ " 14 Full Rekt, 15 Giga-Rekt. The schema `SegmentId` has their ranges.",
						schema = @Schema(ref = "#/components/schemas/SegmentId")),
				@Parameter(name = "offset", in = ParameterIn.QUERY,
						description = "Number of items to skip: 0 to 1000000",
						schema = @Schema(type = "integer", format = "int32", minimum = "0", maximum = "1000000",
								defaultValue = "0")),
				@Parameter(name = "limit", in = ParameterIn.QUERY, example = "50",
						description = "Maximum number of items on the page: 1 to 500. Without it the page has as many as"
								+ " HyperTracker gives.",
						schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "500")) })
@ApiResponse(responseCode = "200", description = "The page, byte for byte as HyperTracker gives it",
		content = @Content(mediaType = "application/json",
				schema = @Schema(ref = "#/components/schemas/LiquidationRisk"),
				examples = @ExampleObject(name = "risk", ref = "#/components/examples/liquidation-risk")))
@interface RiskOperation {

}
