package io.htgateway.web.hit;

import java.util.function.Supplier;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Handler that answers hits on an HTTP/1.1 connection where they are decoded. It passes
 * all other requests to the server, and hits too while the server has a response pending,
 * so that responses leave in the order of their requests (RFC 9112 9.3.2).
 */
public final class HitHandler extends ChannelDuplexHandler {

	private final Supplier<Hits> hits;

	private final ConnectionCaller caller = new ConnectionCaller();

	private final HitWriter writer = new HitWriter();

	private int pending;

	private long answered;

	private boolean closing;

	private boolean inHit;

	private boolean betweenRequests = true;

	private boolean awaitsWritable;

	private long requests;

	private @Nullable HttpRequest lastHit;

	/**
	 * Creates the handler of one connection.
	 * @param hits supplier that is called when the hits are needed, because connections
	 * may be accepted before they exist
	 */
	public HitHandler(Supplier<Hits> hits) {
		this.hits = hits;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		betweenRequests = message instanceof LastHttpContent;
		requests += (message instanceof HttpRequest) ? 1 : 0;
		if (inHit) {
			inHit = !(message instanceof LastHttpContent);
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpRequest request) {
			if (answer(context, request)) {
				return;
			}
			writer.flush(context);
			pending++;
		}
		context.fireChannelRead(message);
	}

	private boolean answer(ChannelHandlerContext context, HttpRequest request) {
		Hit hit = find(request);
		if (hit == null) {
			return false;
		}
		writer.write(context, hit, hits.get());
		record(context, hit);
		lastHit = request;
		inHit = true;
		return true;
	}

	/**
	 * Answers a request whose bytes do not reach this handler, if it is a hit. The bytes
	 * of the response are written to the given context, and sent by {@link #sendHits}.
	 * @return whether it was answered
	 */
	boolean answerEncoded(ChannelHandlerContext context, HttpRequest request) {
		Hit hit = find(request);
		if (hit == null) {
			return false;
		}
		writer.writeEncoded(context, hit, hits.get());
		record(context, hit);
		return true;
	}

	private @Nullable Hit find(HttpRequest request) {
		return isIdle() ? hits.get().find(request, caller) : null;
	}

	private void record(ChannelHandlerContext context, Hit hit) {
		hits.get().record(hit, context.channel(), ++answered);
	}

	/**
	 * Returns whether all requests have their response, and another one may follow.
	 */
	boolean isIdle() {
		return pending == 0 && !closing;
	}

	/**
	 * Returns whether all requests that have begun are decoded completely.
	 */
	boolean isBetweenRequests() {
		return betweenRequests;
	}

	/**
	 * Returns the number of decoded requests on the connection.
	 */
	long requests() {
		return requests;
	}

	/**
	 * Returns the last decoded request that was a hit, or null if there was none since
	 * the last call.
	 */
	@Nullable HttpRequest takeHit() {
		HttpRequest hit = lastHit;
		lastHit = null;
		return hit;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		sendHits(context);
		context.fireChannelReadComplete();
	}

	/**
	 * Sends hits that have been written, and continues to read. The server does that only
	 * after its own responses.
	 */
	void sendHits(ChannelHandlerContext context) {
		if (writer.flush(context)) {
			readOn(context);
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (awaitsWritable) {
			readOn(context);
		}
		context.fireChannelWritabilityChanged();
	}

	// A client that does not read its responses gets no more of them.
	private void readOn(ChannelHandlerContext context) {
		awaitsWritable = !context.channel().isWritable();
		if (!awaitsWritable && pending == 0) {
			context.read();
		}
	}

	// A stopping server closes connections on which it has no response pending: it does
	// not know of hits.
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
		ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
		if (pending > 0 || unsent == null || unsent.isEmpty()) {
			super.close(context, promise);
			return;
		}
		Future<?> _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((sent) -> {
			Future<?> _ = context.close(promise);
		});
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean informational = message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!informational) {
			closing |= message instanceof HttpResponse response && !HttpUtil.isKeepAlive(response);
			pending -= (message instanceof LastHttpContent) ? 1 : 0;
		}
		super.write(context, message, promise);
	}

}
