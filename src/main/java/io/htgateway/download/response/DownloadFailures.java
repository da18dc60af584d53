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
 * What a failure of the HTTP client means for a download. A fault of our own stays what
 * it is.
 */
public final class DownloadFailures {

	private DownloadFailures() {
	}

	public static Throwable translate(Throwable failure) {
		return switch (failure) {
			case DownloadException known -> known;
			case WebClientRequestException request when request.getCause() != null -> ofConnection(request.getCause());
			case DataBufferLimitException _ -> new DownloadException.Malformed("a file over the size limit");
			case IllegalStateException _, NullPointerException _, Error _ -> failure;
			default -> ofConnection(failure);
		};
	}

	// Also what the decoder throws at garbage: those are exceptions of many kinds.
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
