package io.htgateway.traffic;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Statuses of requests that their connection refused while they were processed, as when a
 * body becomes too long. The filters only see that such a request is cancelled, or answer
 * it in vain.
 */
public final class CutOffRequests {

	/**
	 * Number of the stream for HTTP/1.1, which has one request at a time.
	 */
	public static final int HTTP_1 = 0;

	private static final AttributeKey<Map<Integer, Integer>> STATUSES = AttributeKey.valueOf(CutOffRequests.class,
			"statuses");

	/**
	 * Most statuses that are remembered per connection: one whose request was answered at
	 * the same time is never looked up.
	 */
	private static final int MAX = 1_000;

	private CutOffRequests() {
	}

	/**
	 * Notes the status that a client got from its connection.
	 * @param stream number of the HTTP/2 stream, or {@link #HTTP_1}
	 */
	public static void note(Channel connection, int stream, int status) {
		Map<Integer, Integer> known = connection.attr(STATUSES).get();
		if (known == null) {
			known = Collections.synchronizedMap(new Statuses());
			connection.attr(STATUSES).set(known);
		}
		known.put(stream, status);
	}

	/**
	 * Returns the status that a connection sent in place of the filters, or null if it
	 * sent none.
	 * @param channel of the request
	 */
	static @Nullable Integer take(Channel channel) {
		if (channel instanceof Http2StreamChannel stream) {
			return take(stream.parent(), stream.stream().id());
		}
		return take(channel, HTTP_1);
	}

	private static @Nullable Integer take(Channel connection, int stream) {
		Map<Integer, Integer> known = connection.attr(STATUSES).get();
		return (known != null) ? known.remove(stream) : null;
	}

	/**
	 * Returns the channel of a request that is still connected: of its HTTP/2 stream, or
	 * of its HTTP/1.1 connection.
	 */
	static Channel channel(ServerHttpRequest request) {
		HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
		AtomicReference<Channel> channel = new AtomicReference<>();
		server.withConnection((connection) -> channel.set(connection.channel()));
		return channel.get();
	}

	private static final class Statuses extends LinkedHashMap<Integer, Integer> {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
			return size() > MAX;
		}

	}

}
