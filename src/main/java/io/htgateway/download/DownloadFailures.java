package io.htgateway.download;

import java.util.concurrent.TimeoutException;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * What a failure of the HTTP client means for a download.
 */
final class DownloadFailures {

	private DownloadFailures() {
	}

	static DownloadException translate(Throwable failure) {
		return switch (failure) {
			case DownloadException known -> known;
			case WebClientRequestException request when request.getCause() != null -> translate(request.getCause());
			case DataBufferLimitException _ -> new DownloadException.Malformed("a file over the size limit");
			case TimeoutException _, ReadTimeoutException _, ConnectTimeoutException _ ->
				new DownloadException.TimedOut(masked(failure));
			default -> new DownloadException.Unreachable(masked(failure));
		};
	}

	// The client's own messages name the host, and its traces the link.
	private static Throwable masked(Throwable failure) {
		return new IllegalStateException(failure.getClass().getName());
	}

}
