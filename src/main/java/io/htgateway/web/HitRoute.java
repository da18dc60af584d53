package io.htgateway.web;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.ResponseCache;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * The short way of a hit: answers a request target again as its controller did, before
 * anything is parsed. Whatever is not plainly the same request takes the long way.
 */
class HitRoute implements NettyRouteProvider {

	private static final String MEDIA_TYPE = "(?:[\\w.+-]+/[\\w.+*-]+|\\*/\\*)";

	private static final Pattern JSON_AMONG_OTHERS = Pattern.compile("(?:" + MEDIA_TYPE + " *, *)*"
			+ "(?:application/json|application/\\*|\\*/\\*)" + "(?: *, *" + MEDIA_TYPE + ")*");

	private static final AttributeKey<Hit> HIT = AttributeKey.valueOf(HitRoute.class, "hit");

	private final Replays replays;

	private final ResponseCache cache;

	private final RequestTimers timers;

	HitRoute(Replays replays, ResponseCache cache, RequestTimers timers) {
		this.replays = replays;
		this.cache = cache;
		this.timers = timers;
	}

	@Override
	public HttpServerRoutes apply(HttpServerRoutes routes) {
		return routes.route(this::isHit, this::answer);
	}

	private boolean isHit(HttpServerRequest request) {
		Hit hit = find(request);
		if (hit != null) {
			channelOf(request).channel().attr(HIT).set(hit);
		}
		return hit != null;
	}

	private @Nullable Hit find(HttpServerRequest request) {
		long start = System.nanoTime();
		Replay replay = replays.find(request.uri());
		if (replay == null || !isRead(request.method()) || !acceptsJson(request.requestHeaders())) {
			return null;
		}
		CacheResult result = replay.hit(cache);
		if (result == null || (replay.response().lacksGzip() && acceptsGzip(request.requestHeaders()))) {
			return null;
		}
		Reply reply = Reply.of(result, (name) -> joined(request.requestHeaders(), name));
		return new Hit(replay, reply, start);
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		Hit hit = Objects.requireNonNull(channelOf(request).channel().attr(HIT).getAndSet(null));
		Reply reply = hit.reply();
		HttpHeaders headers = response.chunkedTransfer(false).responseHeaders();
		headers.add(hit.replay().headers().of(reply));
		reply.currentHeaders(headers::add);
		Mono<Void> sent = reply.notModified() ? response.status(HttpResponseStatus.NOT_MODIFIED).send()
				: send(request, response, reply);
		return sent.doOnTerminate(() -> timers.record(hit.replay().route(), request.method().name(),
				response.status().code(), System.nanoTime() - hit.start()));
	}

	private static Mono<Void> send(HttpServerRequest request, HttpServerResponse response, Reply reply) {
		if (HttpMethod.HEAD.equals(request.method())) {
			return response.send();
		}
		return response.sendObject(Unpooled.wrappedBuffer(reply.representation().body())).then();
	}

	private static boolean isRead(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
	}

	// Only what surely is acceptable: weights are for the long way to weigh.
	private static boolean acceptsJson(HttpHeaders headers) {
		String accept = headers.get(HttpHeaderNames.ACCEPT);
		return accept == null || accept.equals("*/*") || JSON_AMONG_OTHERS.matcher(accept).matches();
	}

	private static boolean acceptsGzip(HttpHeaders headers) {
		return AcceptEncoding.allowsGzip(headers.get(HttpHeaderNames.ACCEPT_ENCODING));
	}

	private static @Nullable String joined(HttpHeaders headers, String name) {
		if (!headers.contains(name)) {
			return null;
		}
		List<String> values = headers.getAll(name);
		return (values.size() == 1) ? values.getFirst() : String.join(",", values);
	}

	private static ChannelOperations<?, ?> channelOf(HttpServerRequest request) {
		return (ChannelOperations<?, ?>) request;
	}

	private record Hit(Replay replay, Reply reply, long start) {
	}

}
