package io.htgateway.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/**
 * Documents the error responses that every mirrored endpoint can give.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "400",
		description = "Wrong parameters, all of them named in `errors`; no upstream call was made",
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "404", description = "Not known here, or by the upstream's answer not known there",
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "406", description = "The client accepts no JSON",
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "502", description = "The upstream failed, sent garbage, or refused the gateway's key",
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "503", description = "No call can be made at present",
		headers = @Header(name = "Retry-After", description = "Seconds to wait", schema = @Schema(type = "integer")),
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "504", description = "The upstream did not answer in time",
		content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
public @interface MirroredOperation {

}
