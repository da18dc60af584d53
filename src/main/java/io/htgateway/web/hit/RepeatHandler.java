package io.htgateway.web.hit;

import io.htgateway.web.connection.ConnectionTimeouts;
import io.htgateway.web.protocol.RepeatedHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * Handler that answers hits on an HTTP/1.1 connection before they are decoded. Most
 * clients send the same headers with each request: a request whose bytes differ from
 * those of the hit before only in the target has the headers that were decoded then.
 * Decoding and encoding cost as much as all other parts of a hit except system calls. All
 * other bytes go to the decoder.
 */
public final class RepeatHandler extends ChannelInboundHandlerAdapter {

	private final HitHandler decoded;

	private @Nullable RepeatedHead previous;

	private @Nullable ConnectionTimeouts timeouts;

	private boolean betweenRequests = true;

	private boolean passed;

	/**
	 * Creates the handler of one connection.
	 * @param decoded handler of the same connection that answers decoded hits
	 */
	public RepeatHandler(HitHandler decoded) {
		this.decoded = decoded;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		timeouts = context.pipeline().get(ConnectionTimeouts.class);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		boolean finished = true;
		try {
			finished = previous != null && answer(context, previous, bytes);
		}
		finally {
			if (finished) {
				bytes.release();
			}
		}
		if (!finished) {
			pass(context, bytes);
		}
	}

	private boolean answer(ChannelHandlerContext context, RepeatedHead head, ByteBuf bytes) {
		String target = head.findTarget(bytes);
		if (target == null || !decoded.answerEncoded(context, head.request(target))) {
			return false;
		}
		if (timeouts != null) {
			timeouts.requestCompleted();
		}
		return true;
	}

	// The head is remembered only if these bytes are one request and nothing else: the
	// decoder had no other bytes before and has none after them, and made one request of
	// them.
	private void pass(ChannelHandlerContext context, ByteBuf bytes) {
		passed = true;
		boolean complete = RepeatedHead.isEnd(bytes);
		byte[] request = (betweenRequests && complete) ? RepeatedHead.copy(bytes) : null;
		long before = decoded.requests();
		context.fireChannelRead(bytes);
		betweenRequests = complete && decoded.isBetweenRequests();
		HttpRequest hit = decoded.takeHit();
		boolean alone = betweenRequests && decoded.isIdle() && decoded.requests() == before + 1;
		previous = (alone && request != null && hit != null) ? RepeatedHead.of(request, hit) : null;
	}

	// If all bytes were answered here, the decoder is not told: it would request another
	// read, even from a client that does not read its responses.
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (!passed) {
			decoded.sendHits(context);
			return;
		}
		passed = false;
		context.fireChannelReadComplete();
	}

	// The connection uses HTTP/2 (RFC 9113 3.3).
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent) {
			context.pipeline().remove(this);
		}
		context.fireUserEventTriggered(event);
	}

}
