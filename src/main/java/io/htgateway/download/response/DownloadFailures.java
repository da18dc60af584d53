package io.htgateway.download.response;

import java.util.concurrent.TimeoutException;

import io.htgateway.http.ResponseHead;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Translates failures of the HTTP client into failures of a download. Faults of the
 * gateway itself remain as they are.
 */
public final class DownloadFailures {

	private DownloadFailures() {
	}

	/**
	 * Returns the given failure as a {@link DownloadException}, or unchanged if it is a
	 * fault of the gateway itself.
	 */
	public static Throwable translate(Throwable failure) {
		return switch (failure) {
			case DownloadException known -> known;
			case WebClientRequestException request when request.getCause() != null -> ofConnection(request.getCause());
			case DataBufferLimitException _ -> new DownloadException.Malformed("a file over the size limit");
			case IllegalStateException _, NullPointerException _, Error _ -> failure;
			default -> ofConnection(failure);
		};
	}

	// The default includes the decoder's exceptions for garbage, which are of many types.
	private static DownloadException ofConnection(Throwable failure) {
		String exceeded = ResponseHead.exceeded(failure);
		return switch (failure) {
			case Throwable _ when exceeded != null -> new DownloadException.Malformed(exceeded, null);
			case PoolAcquireTimeoutException _, PoolAcquirePendingLimitException _ -> new DownloadException.Busy();
			case TimeoutException _, ReadTimeoutException _, ConnectTimeoutException _ ->
				new DownloadException.TimedOut(new MaskedFailure(failure));
			default -> new DownloadException.Unreachable(new MaskedFailure(failure));
		};
	}

}
