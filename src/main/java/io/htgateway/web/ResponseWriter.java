package io.htgateway.web;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.CachedResponse;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Writes a cached response: its exact bytes, and only headers that are named here.
 */
public final class ResponseWriter {

	private ResponseWriter() {
	}

	public static Mono<Void> write(ServerWebExchange exchange, CacheResult result) {
		ServerHttpResponse response = exchange.getResponse();
		CachedResponse cached = result.response();
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.CONTENT_TYPE, cached.contentType());
		headers.setContentLength(cached.length());
		headers.setDate(cached.fetchedAt().toEpochMilli());
		headers.set(HttpHeaders.ACCEPT_RANGES, "none");
		CacheHeaders.write(result, headers);
		DataBuffer body = response.bufferFactory().wrap(cached.body());
		return response.writeWith(Mono.just(body));
	}

}
