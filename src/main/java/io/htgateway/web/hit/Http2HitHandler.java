package io.htgateway.web.hit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.htgateway.cache.store.Representation;
import io.htgateway.web.protocol.Http2;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Handler that answers hits on an HTTP/2 connection where their frames are decoded. All
 * other requests get a channel of their own, which costs several times as much as a hit:
 * so the event of a new stream is held back until its request is known. While a hit is
 * being sent, its stream has no channel. It gets one before any event for all streams,
 * since each of them must have one then.
 */
public final class Http2HitHandler extends ChannelInboundHandlerAdapter {

	private final Supplier<Hits> hits;

	private final ConnectionCaller caller = new ConnectionCaller();

	private final Map<Http2FrameStream, Http2FrameStreamEvent> sending = new HashMap<>();

	private @Nullable Http2FrameStreamEvent held;

	private @Nullable Http2Connection connection;

	private long answered;

	private boolean unflushed;

	/**
	 * Creates the handler of one connection.
	 * @param hits supplier that is called when the hits are needed, because connections
	 * may be accepted before they exist
	 */
	public Http2HitHandler(Supplier<Hits> hits) {
		this.hits = hits;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		connection = ((Http2FrameCodec) Http2.codec(context.pipeline()).handler()).connection();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		passHeld(context);
		switch (event) {
			case Http2FrameStreamEvent ofStream when isComplete(ofStream) -> held = ofStream;
			case Http2FrameStreamEvent ofStream when sending.containsKey(ofStream.stream()) ->
				changed(ofStream.stream());
			case Http2FrameStreamEvent ofStream -> context.fireUserEventTriggered(ofStream);
			default -> {
				openChannels(context);
				context.fireUserEventTriggered(event);
			}
		}
	}

	// A request with a body is not plainly a read.
	private static boolean isComplete(Http2FrameStreamEvent event) {
		return event.type() == Http2FrameStreamEvent.Type.State
				&& event.stream().state() == Http2Stream.State.HALF_CLOSED_REMOTE;
	}

	private void changed(Http2FrameStream stream) {
		if (stream.state() == Http2Stream.State.CLOSED) {
			sending.remove(stream);
		}
	}

	private void passHeld(ChannelHandlerContext context) {
		Http2FrameStreamEvent event = held;
		if (event != null) {
			held = null;
			context.fireUserEventTriggered(event);
		}
	}

	private void openChannels(ChannelHandlerContext context) {
		List<Http2FrameStreamEvent> events = List.copyOf(sending.values());
		sending.clear();
		events.forEach(context::fireUserEventTriggered);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2HeadersFrame frame && answer(context, frame)) {
			return;
		}
		passHeld(context);
		flush(context);
		if (message instanceof Http2GoAwayFrame) {
			openChannels(context);
		}
		if (message instanceof Http2StreamFrame frame && sending.containsKey(frame.stream())) {
			ReferenceCountUtil.release(message);
			return;
		}
		context.fireChannelRead(message);
	}

	private boolean answer(ChannelHandlerContext context, Http2HeadersFrame frame) {
		Http2FrameStreamEvent event = held;
		if (event == null || event.stream() != frame.stream()) {
			return false;
		}
		Hits known = hits.get();
		Hit hit = known.find(request(frame), caller);
		if (hit == null) {
			return false;
		}
		held = null;
		sending.put(frame.stream(), event);
		write(context, frame.stream(), hit);
		known.record(hit, context.channel(), ++answered);
		return true;
	}

	// Malformed heads have been refused.
	private static HttpRequest request(Http2HeadersFrame frame) {
		try {
			return HttpConversionUtil.toHttpRequest(frame.stream().id(), frame.headers(), false);
		}
		catch (Http2Exception malformed) {
			throw new IllegalStateException(malformed);
		}
	}

	private void write(ChannelHandlerContext context, Http2FrameStream stream, Hit hit) {
		Representation body = hit.body();
		Future<?> _ = context.write(new DefaultHttp2HeadersFrame(hit.http2Headers(), body == null).stream(stream));
		if (body != null) {
			Future<?> _ = context
				.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body.body()), true).stream(stream));
		}
		unflushed = true;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		passHeld(context);
		flush(context);
		context.fireChannelReadComplete();
	}

	private void flush(ChannelHandlerContext context) {
		if (unflushed) {
			unflushed = false;
			context.flush();
		}
	}

	// No other stream waits to continue if all are those of hits.
	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (connection == null || connection.numActiveStreams() > sending.size()) {
			openChannels(context);
			context.fireChannelWritabilityChanged();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		openChannels(context);
		context.fireExceptionCaught(failure);
	}

}
