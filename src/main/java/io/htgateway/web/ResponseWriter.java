package io.htgateway.web;

import io.htgateway.access.Scope;
import io.htgateway.access.Team;
import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.time.Dates;
import io.htgateway.traffic.RequestRecord;
import io.htgateway.web.hit.HitMeters;
import io.htgateway.web.hit.Replay;
import io.htgateway.web.hit.Replays;
import io.htgateway.web.reply.AcceptEncoding;
import io.htgateway.web.reply.Cors;
import io.htgateway.web.reply.GzipVariants;
import io.htgateway.web.reply.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Writes a response of the cache: its exact bytes, and only the headers of a
 * {@link Reply}.
 */
@Component
public final class ResponseWriter {

	private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);

	private final Replays replays;

	private final HitMeters meters;

	private final GzipVariants variants;

	private final Cors cors;

	private final Dates dates;

	ResponseWriter(Replays replays, HitMeters meters, GzipVariants variants, Cors cors, Dates dates) {
		this.cors = cors;
		this.dates = dates;
		this.replays = replays;
		this.meters = meters;
		this.variants = variants;
	}

	/**
	 * Answers the exchange with the given result: with 200, or with 304 if the client
	 * already has the response. A response with additional headers, which depend on the
	 * request, is not replayed. Neither is a response to <code>only-if-cached</code>,
	 * because an endpoint may count only other requests as use.
	 * @param scope content of the response: only teams with a right to it get the
	 * response again
	 * @param extraHeaders the additional headers, often empty
	 */
	public Mono<Void> write(ServerWebExchange exchange, CacheResult result, Scope scope, HttpHeaders extraHeaders) {
		return Mono.deferContextual((context) -> {
			exchange.getResponse().getHeaders().putAll(extraHeaders);
			boolean replayable = extraHeaders.isEmpty() && RequestDirectives.reach(exchange) == Reach.LOAD;
			return write(exchange, result, Team.of(context), replayable ? scope : null);
		});
	}

	private Mono<Void> write(ServerWebExchange exchange, CacheResult result, Team team, @Nullable Scope replayed) {
		String target = target(exchange.getRequest());
		CachedResponse response = replays.complete(target, result.response());
		if (response.lacksGzip() && allowsGzip(exchange)) {
			return variants.add(response)
				.flatMap((complete) -> send(exchange, target, team, result.with(complete), replayed));
		}
		return send(exchange, target, team, result.with(response), replayed);
	}

	private Mono<Void> send(ServerWebExchange exchange, String target, Team team, CacheResult result,
			@Nullable Scope replayed) {
		RequestRecord.of(exchange).ifPresent((request) -> request.answered(result));
		if (replayed != null) {
			storeReplay(exchange, target, result, replayed);
		}
		ServerHttpResponse response = exchange.getResponse();
		Reply reply = Reply.of(result, team, (name) -> joined(exchange.getRequest().getHeaders(), name));
		reply.headers(cors.vary(), dates, (name, value) -> response.getHeaders().set(name.toString(), value));
		if (reply.notModified()) {
			response.setStatusCode(HttpStatus.NOT_MODIFIED);
			response.getHeaders().remove(HttpHeaders.TRANSFER_ENCODING);
			return response.setComplete();
		}
		if (exchange.getRequest().getMethod().equals(HttpMethod.GET)) {
			RequestRecord.of(exchange).ifPresent((request) -> request.sends(reply.representation().length()));
		}
		DataBuffer body = response.bufferFactory().wrap(reply.representation().body());
		return response.writeWith(Mono.just(body));
	}

	private void storeReplay(ServerWebExchange exchange, String target, CacheResult result, Scope scope) {
		PathPattern route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		Replay stored = replays.find(target);
		if (route != null && isWorthwhile(result) && (stored == null || !stored.covers(result))) {
			try {
				replays.put(target, Replay.of(result, scope, meters.of(route.getPatternString()), cors.vary(), dates));
			}
			catch (CacheRefusal.Overloaded noMemoryLeft) {
				LOG.debug("Replay not stored: no memory left", noMemoryLeft);
			}
		}
	}

	// A stale response is not replayed, but its gzip variant is stored.
	private static boolean isWorthwhile(CacheResult result) {
		boolean fresh = result.ttl().isPositive() && !result.outcome().isStale();
		return result.outcome() != CacheOutcome.BYPASS && (fresh || result.response().gzip() != null);
	}

	private static boolean allowsGzip(ServerWebExchange exchange) {
		return AcceptEncoding.allowsGzip(joined(exchange.getRequest().getHeaders(), HttpHeaders.ACCEPT_ENCODING));
	}

	private static String target(ServerHttpRequest request) {
		HttpServerRequest original = ServerHttpRequestDecorator.getNativeRequest(request);
		return original.uri();
	}

	private static @Nullable String joined(HttpHeaders headers, String name) {
		return headers.containsHeader(name) ? String.join(",", headers.getOrEmpty(name)) : null;
	}

}
