package io.htgateway.web.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of every error response (RFC 9457).
 *
 * @param type kind of the problem: a URI that programs can rely on
 * @param title kind of the problem in words
 * @param status HTTP status code
 * @param detail cause of this problem, for people
 * @param instance path of the request
 * @param requestId id of the request in the gateway's log
 * @param errors the invalid parameters, or null
 * @param retryAfterSeconds seconds to wait before the request is repeated, or null if
 * waiting does not help
 * @param upstreamRetryAfter the same number under the name that the upstream uses
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Body of every error response (RFC 9457)",
		requiredProperties = { "type", "title", "status", "detail", "instance", "requestId" })
public record Problem(
		@Schema(description = "Kind of the problem: a stable URI for programs",
				example = "urn:hypertracker-gateway:invalid-parameters") URI type,
		@Schema(description = "Kind of the problem in words", example = "Invalid parameters") String title,
		@Schema(description = "The HTTP status code", example = "400") int status,
		@Schema(description = "Cause of this problem, for people; its wording can change",
				example = "1 parameter is invalid: see errors") String detail,
		@Schema(description = "Path of the request", example = "/api/external/fills/liquidation") String instance,
		@Schema(description = "Id of the request in the log of the gateway", example = "5f2b8c1e-1") String requestId,
		@Schema(description = "The invalid parameters, if any") @Nullable List<ParameterError> errors,
		@Schema(description = "Seconds to wait before the request is repeated; absent if waiting does not help",
				example = "42") @Nullable Long retryAfterSeconds,
		@Schema(description = "The same number under the name that HyperTracker uses",
				example = "42") @JsonProperty("retry_after") @Nullable Long upstreamRetryAfter) {
}
