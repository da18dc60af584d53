package io.htgateway.web;

import java.time.Duration;

import io.htgateway.cache.CacheResult;
import org.springframework.http.HttpHeaders;

/**
 * What the cache says of a response: <code>Age</code> and <code>Cache-Control</code> (RFC
 * 9111), and <code>Cache-Status</code> (RFC 9211).
 */
final class CacheHeaders {

	static final String CACHE_STATUS = "Cache-Status";

	static final String NAME = "hypertracker-gateway";

	private CacheHeaders() {
	}

	static void write(CacheResult result, HttpHeaders headers) {
		switch (result) {
			case CacheResult.Hit hit ->
				write(headers, hit.age(), hit.ttl(), "; hit; ttl=" + hit.ttl().minus(hit.age()).toSeconds());
			case CacheResult.Miss miss -> write(headers, Duration.ZERO, miss.ttl(), "; fwd=uri-miss; stored");
			case CacheResult.Collapsed collapsed ->
				write(headers, Duration.ZERO, collapsed.ttl(), "; fwd=uri-miss; collapsed");
			case CacheResult.Bypass _ -> {
				headers.setCacheControl("no-store");
				headers.set(CACHE_STATUS, NAME + "; fwd=bypass");
			}
		}
	}

	private static void write(HttpHeaders headers, Duration age, Duration ttl, String status) {
		headers.set(HttpHeaders.AGE, Long.toString(age.toSeconds()));
		headers.setCacheControl("max-age=" + ttl.toSeconds());
		headers.set(CACHE_STATUS, NAME + status);
	}

}
