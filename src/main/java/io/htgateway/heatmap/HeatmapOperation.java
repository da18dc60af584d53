package io.htgateway.heatmap;

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
import org.springframework.http.HttpHeaders;

/**
 * Documents the endpoint for heatmaps.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Operation(operationId = "liquidationHeatmap", summary = "Liquidation heatmap", tags = "Liquidation data",
		description = "Price bins of potential liquidations of one coin. The answer is the exported file itself;"
				+ " HyperTracker answers with a link that expires.",
		parameters = @Parameter(name = "coin", in = ParameterIn.PATH, required = true, example = "BTC",
				description = "One market, in any case: `BTC`, or with a dex prefix `xyz:MSTR`. At most 24 letters and"
						+ " digits, and at most 24 more in the prefix.",
				schema = @Schema(type = "string", minLength = 1, maxLength = 49)))
@ApiResponse(responseCode = "200", description = "The exported file, decompressed",
		headers = @Header(name = HttpHeaders.LAST_MODIFIED,
				description = "Time at which the file was last changed; absent if the object store does not give it",
				schema = @Schema(type = "string")),
		content = @Content(mediaType = "application/json",
				schema = @Schema(ref = "#/components/schemas/LiquidationHeatmap"),
				examples = @ExampleObject(name = "heatmap", ref = "#/components/examples/liquidation-heatmap")))
@ApiResponse(responseCode = "404")
@interface HeatmapOperation {

}
