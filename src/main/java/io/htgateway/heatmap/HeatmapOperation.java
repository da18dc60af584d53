package io.htgateway.heatmap;

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
 * Documents the endpoint for heatmaps.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation(operationId = "liquidationHeatmap", summary = "Liquidation heatmap", tags = "Liquidation data",
		description = "Price bins of potential liquidations of one coin: the exported file itself, where the upstream"
				+ " answers with a link that expires.",
		parameters = @Parameter(name = "coin", in = ParameterIn.PATH, required = true, example = "BTC",
				description = "Coin in any case, with its dex prefix if it has one",
				schema = @Schema(type = "string", pattern = "^([A-Za-z0-9]{1,24}:)?[A-Za-z0-9]{1,24}$")))
@ApiResponse(responseCode = "200", description = "The exported file, decompressed",
		content = @Content(mediaType = "application/json", schema = @Schema(type = "object"),
				examples = @ExampleObject(name = "heatmap", ref = "#/components/examples/liquidation-heatmap")))
@interface HeatmapOperation {

}
