package io.htgateway.web.reply;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;

/**
 * Rules for which pages may read responses (Fetch, CORS protocol). A page of another
 * origin gets the response that it would get without CORS, and its browser hides it.
 */
@EnableConfigurationProperties(CorsProperties.class)
@Component
public final class Cors {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.HEAD);

	private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.ACCEPT, HttpHeaders.AUTHORIZATION,
			"X-API-Key", HttpHeaders.CACHE_CONTROL, HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.IF_NONE_MATCH,
			"Last-Event-ID");

	private static final String RESPONSE_HEADERS = String.join(", ", HttpHeaders.AGE, CacheHeaders.CACHE_STATUS,
			"Coin-Spelling", HttpHeaders.CONTENT_LOCATION, HttpHeaders.DATE, HttpHeaders.ETAG, Reply.STATE_TIME,
			HttpHeaders.RETRY_AFTER, "RateLimit", "RateLimit-Policy");

	private static final Duration PREFLIGHT_LIFETIME = Duration.ofHours(1);

	private final CorsConfiguration rules = new CorsConfiguration();

	private final boolean on;

	Cors(CorsProperties properties) {
		this.on = !properties.allowedOrigins().isEmpty();
		rules.setAllowedOrigins(properties.allowedOrigins());
		rules.setAllowedMethods(METHODS.stream().map(HttpMethod::name).toList());
		rules.setAllowedHeaders(REQUEST_HEADERS);
	}

	/**
	 * Returns whether CORS is on, so that responses depend on the origin of the page.
	 */
	public boolean isOn() {
		return on;
	}

	/**
	 * Returns the request headers that responses vary on.
	 */
	public String vary() {
		return on ? HttpHeaders.ACCEPT_ENCODING + ", " + HttpHeaders.ORIGIN : HttpHeaders.ACCEPT_ENCODING;
	}

	/**
	 * Returns whether the given request is a preflight for a request that is allowed.
	 */
	public boolean allowsPreflight(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return on && CorsUtils.isPreFlightRequest(request) && rules.checkOrigin(headers.getOrigin()) != null
				&& rules.checkHttpMethod(headers.getAccessControlRequestMethod()) != null
				&& allowsAll(headers.getAccessControlRequestHeaders());
	}

	private boolean allowsAll(List<String> names) {
		List<String> allowed = rules.checkHeaders(names);
		return allowed != null && allowed.size() == names.size();
	}

	/**
	 * Answers an allowed preflight.
	 */
	public void answerPreflight(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		headers.setAccessControlAllowMethods(METHODS);
		headers.setAccessControlAllowHeaders(REQUEST_HEADERS);
		headers.setAccessControlMaxAge(PREFLIGHT_LIFETIME);
		response.setStatusCode(HttpStatus.NO_CONTENT);
	}

	/**
	 * Adds the headers by which a browser decides whether a page of the given origin may
	 * read the response.
	 */
	public void addHeaders(@Nullable String origin, HttpHeaders response) {
		response.setVary(Stream.concat(response.getVary().stream(), Stream.of(HttpHeaders.ORIGIN)).distinct().toList());
		String allowed = allowed(origin);
		if (allowed != null) {
			allow(allowed, response::set);
		}
	}

	/**
	 * Returns the origin that is allowed to read a response to a request of the given
	 * origin, or null if none is.
	 */
	public @Nullable String allowed(@Nullable String origin) {
		return rules.checkOrigin(origin);
	}

	/**
	 * Passes the headers to the consumer by which pages of the given origin may read the
	 * response.
	 */
	public static void allow(String origin, BiConsumer<String, String> headers) {
		headers.accept(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
		headers.accept(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
	}

}
