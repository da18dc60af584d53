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
 * Translates failures of the HTTP client into failures of an upstream call. Faults of the
 * gateway itself remain as they are.
 */
public final class UpstreamFailures {

	private UpstreamFailures() {
	}

	/**
	 * Returns the given failure as an {@link UpstreamException}, or unchanged if it is a
	 * fault of the gateway itself.
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

	// The default includes the decoder's exceptions for garbage, which are of many types.
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
