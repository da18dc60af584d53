package io.htgateway.web.server;

import java.util.function.Supplier;

import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.CutOffRequests;
import io.htgateway.traffic.Outcome;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import org.jspecify.annotations.Nullable;

/**
 * Logs a request that is not HTTP, which the server refuses without passing it on, and
 * passes on to the filters the status of a request whose body is malformed. Such a
 * request is the last one of its connection.
 */
final class UndecodedRequests extends ChannelDuplexHandler {

	private static final String UNKNOWN = "-";

	/**
	 * Target that the decoder inserts for a request line that it cannot read.
	 */
	private static final String UNREADABLE = "/bad-request";

	private final Supplier<AccessLog> log;

	private @Nullable HttpRequest undecoded;

	private long start;

	private boolean brokenBody;

	UndecodedRequests(Supplier<AccessLog> log) {
		this.log = log;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
			undecoded = request;
			start = System.nanoTime();
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			brokenBody = true;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		HttpRequest request = undecoded;
		if (request != null && message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.CLIENT_ERROR) {
			undecoded = null;
			log.get().write(line(context, request, response.status().code()));
		}
		else if (brokenBody && message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.CLIENT_ERROR) {
			CutOffRequests.put(context.channel(), CutOffRequests.HTTP_1, response.status().code());
		}
		super.write(context, message, promise);
	}

	// The peer is logged as the client: in headers that were not read completely, the
	// client may have forged the right-most address.
	private AccessLine line(ChannelHandlerContext context, HttpRequest request, int status) {
		boolean readable = !request.uri().equals(UNREADABLE);
		return new AccessLine(context.channel().id().asShortText() + "-x", context.channel().remoteAddress(), null,
				readable ? request.method().name() : UNKNOWN, readable ? request.uri() : UNKNOWN, null, status,
				Outcome.INVALID, null, System.nanoTime() - start);
	}

}
