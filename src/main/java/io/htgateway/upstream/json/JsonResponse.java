package io.htgateway.upstream.json;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * An answer that was checked to be JSON, with what the check found in it.
 */
public record JsonResponse(UpstreamResponse.Content content, JsonEnvelope envelope) {

	/**
	 * Reads the given content, which has to be a JSON object with the given array. Fails
	 * with {@link UpstreamException.Malformed} when it is anything else.
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
