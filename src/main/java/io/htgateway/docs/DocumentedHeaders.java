package io.htgateway.docs;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import io.htgateway.web.reply.Reply;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Descriptions of the response headers of mirrored endpoints.
 */
final class DocumentedHeaders {

	private DocumentedHeaders() {
	}

	/**
	 * Returns the headers of successful responses, 200 and 304.
	 * @param own headers of one endpoint only, or null if it has none
	 */
	static Map<String, Header> with(@Nullable Map<String, Header> own) {
		Map<String, Header> headers = new LinkedHashMap<>();
		headers.put("Age", seconds(
				"Age of the response: seconds since HyperTracker sent it, plus the age that it had then (RFC 9111 5.1)."
						+ " Absent if the response is not cached"));
		headers.put("Cache-Control",
				text("`max-age` is the freshness lifetime in seconds; `no-store` means that responses of this endpoint"
						+ " are not cached; `private` is added for teams. Example: `max-age=300, private`"));
		headers.put("Cache-Status",
				text("How the cache answered (RFC 9211). `hit; ttl=258`: fresh from the cache, for another 258 seconds."
						+ " `fwd=uri-miss; stored`: loaded from HyperTracker. `fwd=stale; fwd-status=200; stored`: loaded"
						+ " instead of a stale response. A negative `ttl`: a stale response; `detail` says why, such as"
						+ " `stale-while-revalidate` or `budget`. `fwd=bypass`: not cached"));
		headers.put("Date", text("Time at which the gateway received the response from HyperTracker, as an HTTP date"));
		headers.put("ETag",
				text("Validator of the response. Send it as `If-None-Match`: an unchanged response is then answered 304"
						+ " without a body"));
		headers.put(Reply.STATE_TIME,
				text("Date of the newest state update of HyperTracker when the response was loaded, in"
						+ " ISO 8601, such as `2026-11-27T10:15:00Z`. Absent if it is not known, or if the endpoint does not"
						+ " follow state updates"));
		headers.put("Vary",
				text("Request headers on which the response depends: `Accept-Encoding`, because bodies from 1 KB on are"
						+ " compressed with gzip for clients that accept it; with CORS also `Origin`"));
		headers.putAll(ofTeams());
		if (own != null) {
			headers.putAll(own);
		}
		return headers;
	}

	/**
	 * Returns the given headers without those that a 304 lacks.
	 */
	static Map<String, Header> ofUnchanged(Map<String, Header> headers) {
		Map<String, Header> unchanged = new LinkedHashMap<>(headers);
		unchanged.remove(HttpHeaders.LAST_MODIFIED);
		return unchanged;
	}

	/**
	 * Returns the headers of problems with the given status.
	 */
	static Map<String, Header> ofProblems(String status) {
		Map<String, Header> headers = new LinkedHashMap<>();
		switch (status) {
			case "401" -> headers.put("WWW-Authenticate", text("Authentication scheme to use: `Bearer`"));
			case "405" -> headers.put("Allow", text("Methods that the endpoint supports"));
			case "429", "503" -> headers.put("Retry-After", seconds("Seconds to wait before a retry"));
			case "502", "504" -> headers.put("Retry-After", seconds(
					"Seconds to wait before a retry. Present if the gateway makes no upstream call before then"));
			default -> {
			}
		}
		// A request without a team has no request limit.
		if (!status.equals("401")) {
			headers.putAll(ofTeams());
		}
		return headers;
	}

	private static Map<String, Header> ofTeams() {
		Map<String, Header> headers = new LinkedHashMap<>();
		headers.put("RateLimit",
				text("Requests that your team can send now (`r`), and seconds until the full limit is available"
						+ " again (`t`): `\"team\";r=37;t=57`. With a share of the calls of HyperTracker, the same for"
						+ " each window, such as `\"upstream-month\";r=1890;t=345600`. Sent to teams with a limit or a"
						+ " share, if the operators set `gateway.access.rate-limit-headers`"));
		headers.put("RateLimit-Policy",
				text("Request limit of your team: `q` requests in `w` seconds: `\"team\";q=600;w=60`; and its share of"
						+ " the calls, such as `\"upstream-month\";q=15000;w=2592000`. Sent together with `RateLimit`"));
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
