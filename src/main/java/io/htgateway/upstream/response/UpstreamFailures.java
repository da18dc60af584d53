package io.htgateway.upstream.response;

import java.util.concurrent.TimeoutException;

import io.htgateway.http.ConnectionFailure;
import io.htgateway.http.ResponseHead;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * What a failure of the HTTP client means for a call of the upstream. A fault of our own
 * stays what it is.
 */
public final class UpstreamFailures {

	private UpstreamFailures() {
	}

	/**
	 * The given failure as one of the upstream, or as it is when it is none.
	 */
	public static Throwable translate(Throwable failure) {
		return switch (failure) {
			case UpstreamException known -> known;
			case WebClientRequestException request when request.getCause() != null -> ofConnection(request.getCause());
			case DataBufferLimitException _ -> new UpstreamException.Malformed("a body over the size limit");
			case IllegalStateException _, NullPointerException _, Error _ -> failure;
			default -> ofConnection(failure);
		};
	}

	// Also what the decoder throws at garbage: those are exceptions of many kinds.
	private static UpstreamException ofConnection(Throwable failure) {
		String exceeded = ResponseHead.exceeded(failure);
		return switch (failure) {
			case Throwable _ when exceeded != null -> new UpstreamException.Malformed(exceeded, null);
			case DecompressionException _ ->
				new UpstreamException.Malformed("a body that is not in the content coding that it declares");
			case PoolAcquireTimeoutException _, PoolAcquirePendingLimitException _ -> new UpstreamException.Busy();
			case TimeoutException _, ReadTimeoutException _, ConnectTimeoutException _ ->
				new UpstreamException.TimedOut(failure);
			case Throwable _ when ConnectionFailure.of(failure).kind() == ConnectionFailure.Kind.NOT_HTTP ->
				UpstreamException.Malformed.of("an answer that is not HTTP", null, WrongSigns.ofNoHttp());
			default -> new UpstreamException.Unreachable(failure);
		};
	}

}
