package io.htgateway.upstream.json;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * JSON response of the upstream with its fields.
 *
 * @param content the response
 * @param envelope its fields and the positions of its arrays
 */
public record JsonResponse(UpstreamResponse.Content content, JsonEnvelope envelope) {

	/**
	 * Reads a JSON object with the given array. Fails with
	 * {@link UpstreamException.Malformed} if the content is anything else.
	 */
	public static Mono<JsonResponse> read(UpstreamResponse.Content content, String array) {
		if (!content.isJson()) {
			return Mono.error(new UpstreamException.Malformed("a body that is not declared as JSON"));
		}
		return JsonEnvelope.read(content.body())
			.doOnNext((envelope) -> envelope.array(array))
			.map((envelope) -> new JsonResponse(content, envelope));
	}

}
