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

/**
 * The short way of a hit on an HTTP/1.1 connection: answers it where it is decoded. All
 * else goes on to the server, and while the server owes an answer, hits do too, so that
 * answers leave in the order of their requests (RFC 9112 9.3.2).
 */
public final class HitHandler extends ChannelDuplexHandler {

	private final Supplier<Hits> hits;

	private final ConnectionCaller caller = new ConnectionCaller();

	private final HitWriter writer = new HitWriter();

	private int owed;

	private long answered;

	private boolean lastOne;

	private boolean inHit;

	private boolean awaitsWritable;

	/**
	 * The handler of one connection.
	 * @param hits looked up when they are needed, since connections may come before
	 */
	public HitHandler(Supplier<Hits> hits) {
		this.hits = hits;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (inHit) {
			inHit = !(message instanceof LastHttpContent);
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpRequest request) {
			if (owed == 0 && !lastOne && answer(context, request)) {
				return;
			}
			owed++;
		}
		context.fireChannelRead(message);
	}

	private boolean answer(ChannelHandlerContext context, HttpRequest request) {
		Hits known = hits.get();
		Hit hit = known.find(request, caller);
		if (hit == null) {
			return false;
		}
		writer.write(context, hit, known);
		known.record(hit, context.channel(), ++answered);
		inHit = true;
		return true;
	}

	// The server reads on after its own answers only.
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (writer.flush(context)) {
			readOn(context);
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (awaitsWritable) {
			readOn(context);
		}
		context.fireChannelWritabilityChanged();
	}

	// A client that does not read what it asked for gets no more of it.
	private void readOn(ChannelHandlerContext context) {
		awaitsWritable = !context.channel().isWritable();
		if (!awaitsWritable && owed == 0) {
			context.read();
		}
	}

	// A server that stops closes connections that it owes no answer: it knows of no hits.
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
		ChannelOutboundBuffer unsent = context.channel().unsafe().outboundBuffer();
		if (owed > 0 || unsent == null || unsent.isEmpty()) {
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
			lastOne |= message instanceof HttpResponse response && !HttpUtil.isKeepAlive(response);
			owed -= (message instanceof LastHttpContent) ? 1 : 0;
		}
		super.write(context, message, promise);
	}

}
