package io.htgateway.upstream.json;

import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.work.Work;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Check that a body is one complete JSON object or array.
 */
public final class CompleteJson {

	private static final JsonFactory JSON = new JsonFactory();

	private CompleteJson() {
	}

	/**
	 * Returns the given body. Fails with {@link UpstreamException.Malformed} unless it is
	 * one complete JSON object or array in UTF-8. Reads large bodies on a worker thread.
	 */
	public static Mono<byte[]> check(byte[] body) {
		return Work.on(body.length, () -> {
			require(body);
			return body;
		});
	}

	private static void require(byte[] body) {
		if (!Utf8.isValid(body)) {
			throw UpstreamException.Malformed.ofShape("a body that is not UTF-8");
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
			JsonToken first = parser.nextToken();
			if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
				throw UpstreamException.Malformed.ofShape("a body that is not a JSON object or array");
			}
			parser.skipChildren();
			if (parser.nextToken() != null) {
				throw UpstreamException.Malformed.ofShape("a body with more than one JSON value");
			}
		}
		catch (JacksonException notJson) {
			throw UpstreamException.Malformed.ofShape("a body that is not complete JSON");
		}
	}

}
