package io.htgateway.docs;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

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
		headers.put("Vary",
				text("`Accept-Encoding`, since large responses are sent with gzip to clients that accept it; with CORS"
						+ " also `Origin`"));
		headers.putAll(ofTeams());
		if (own != null) {
			headers.putAll(own);
		}
		return headers;
	}

	/**
	 * The given headers without those that a 304 does not have.
	 */
	static Map<String, Header> ofUnchanged(Map<String, Header> headers) {
		Map<String, Header> unchanged = new LinkedHashMap<>(headers);
		unchanged.remove(HttpHeaders.LAST_MODIFIED);
		return unchanged;
	}

	/**
	 * Headers of problems with the given status.
	 */
	static Map<String, Header> ofProblems(String status) {
		Map<String, Header> headers = new LinkedHashMap<>();
		switch (status) {
			case "401" -> headers.put("WWW-Authenticate", text("`Bearer`"));
			case "405" -> headers.put("Allow", text("The supported methods"));
			case "429", "503" -> headers.put("Retry-After", seconds("Seconds to wait before the request is repeated"));
			case "502", "504" -> headers.put("Retry-After", seconds(
					"Seconds to wait before the request is repeated, if the gateway makes no upstream call until then"));
			default -> {
			}
		}
		// Without a team there are no requests to count.
		if (!status.equals("401")) {
			headers.putAll(ofTeams());
		}
		return headers;
	}

	private static Map<String, Header> ofTeams() {
		Map<String, Header> headers = new LinkedHashMap<>();
		headers.put("RateLimit", text("Requests that the team can send now, and seconds until it has all of them again:"
				+ " `\"team\";r=37;t=57`. Only with `gateway.rate-limit-headers`, for teams with a limit"));
		headers.put("RateLimit-Policy",
				text("Requests of the team in each minute: `\"team\";q=600;w=60`. Only with `RateLimit`"));
		return headers;
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
