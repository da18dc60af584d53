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
 * Has the access line written of a request that is no HTTP, which the server refuses
 * without passing it on, and tells the filters the status of one whose body is broken. It
 * is the last one of its connection.
 */
final class UndecodedRequests extends ChannelDuplexHandler {

	private static final String UNKNOWN = "-";

	/**
	 * What the decoder makes up where it could not read the request line.
	 */
	private static final String MADE_UP = "/bad-request";

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
			CutOffRequests.note(context.channel(), CutOffRequests.HTTP_1, response.status().code());
		}
		super.write(context, message, promise);
	}

	// The client is the peer: in headers that were not read completely, the client may
	// have made up the right-most address.
	private AccessLine line(ChannelHandlerContext context, HttpRequest request, int status) {
		boolean known = !request.uri().equals(MADE_UP);
		return new AccessLine(context.channel().id().asShortText() + "-x", context.channel().remoteAddress(), null,
				known ? request.method().name() : UNKNOWN, known ? request.uri() : UNKNOWN, null, status,
				Outcome.INVALID, null, System.nanoTime() - start);
	}

}
