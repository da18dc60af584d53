package io.htgateway.docs;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.jspecify.annotations.Nullable;

/**
 * Response headers of mirrored endpoints.
 */
final class DocumentedHeaders {

	private DocumentedHeaders() {
	}

	/**
	 * Headers of responses from the cache, 200 and 304.
	 * @param own headers of the endpoint alone
	 */
	static Map<String, Header> with(@Nullable Map<String, Header> own) {
		Map<String, Header> headers = new LinkedHashMap<>();
		headers.put("Age",
				seconds("Seconds since HyperTracker made the response; absent if the response is not cached"));
		headers.put("Cache-Control",
				text("`max-age` with the freshness lifetime in seconds, or `no-store`; to a team also `private`"));
		headers.put("Cache-Status",
				text("Where the response came from, such as a hit, a miss or a stale response (RFC 9211)"));
		headers.put("Date", text("Time at which the gateway received the response from HyperTracker"));
		headers.put("ETag", text("Validator: with `If-None-Match` and this value an unchanged response is 304"));
		if (own != null) {
			headers.putAll(own);
		}
		return headers;
	}

	/**
	 * Headers of problems with the given status.
	 */
	static Map<String, Header> ofProblems(String status) {
		return switch (status) {
			case "401" -> Map.of("WWW-Authenticate", text("`Bearer`"));
			case "405" -> Map.of("Allow", text("The supported methods"));
			case "429", "503" -> Map.of("Retry-After", seconds("Seconds to wait before the request is repeated"));
			case "502", "504" -> Map.of("Retry-After", seconds(
					"Seconds to wait before the request is repeated, if the gateway makes no upstream call until then"));
			default -> Map.of();
		};
	}

	private static Header text(String description) {
		return header(description, new StringSchema());
	}

	private static Header seconds(String description) {
		return header(description, new IntegerSchema().minimum(BigDecimal.ZERO));
	}

	private static Header header(String description, Schema<?> schema) {
		return new Header().description(description).schema(schema);
	}

}
