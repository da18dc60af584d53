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
 * Statuses of requests that their connection refused while they were processed, for
 * example because the body became too long. The filters see only that such a request is
 * cancelled, or answer it in vain.
 */
public final class CutOffRequests {

	/**
	 * Stream number for HTTP/1.1, which has one request at a time.
	 */
	public static final int HTTP_1 = 0;

	private static final AttributeKey<Map<Integer, Integer>> STATUSES = AttributeKey.valueOf(CutOffRequests.class,
			"statuses");

	/**
	 * Maximum number of statuses that are stored per connection. The status of a request
	 * that was answered at the same time is never looked up.
	 */
	private static final int MAX = 1_000;

	private CutOffRequests() {
	}

	/**
	 * Stores the status that a connection sent to its client.
	 * @param stream number of the HTTP/2 stream, or {@link #HTTP_1}
	 */
	public static void put(Channel connection, int stream, int status) {
		Map<Integer, Integer> statuses = connection.attr(STATUSES).get();
		if (statuses == null) {
			statuses = Collections.synchronizedMap(new Statuses());
			connection.attr(STATUSES).set(statuses);
		}
		statuses.put(stream, status);
	}

	/**
	 * Removes and returns the status that a connection sent instead of the filters, or
	 * returns null if it sent none.
	 * @param channel channel of the request
	 */
	static @Nullable Integer remove(Channel channel) {
		if (channel instanceof Http2StreamChannel stream) {
			return remove(stream.parent(), stream.stream().id());
		}
		return remove(channel, HTTP_1);
	}

	private static @Nullable Integer remove(Channel connection, int stream) {
		Map<Integer, Integer> statuses = connection.attr(STATUSES).get();
		return (statuses != null) ? statuses.remove(stream) : null;
	}

	/**
	 * Returns the channel of a request that is still connected: that of its HTTP/2
	 * stream, or that of its HTTP/1.1 connection.
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
