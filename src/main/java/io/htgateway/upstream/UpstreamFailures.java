package io.htgateway.upstream;

import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * What a failure of the HTTP client means for a call of the upstream.
 */
final class UpstreamFailures {

	private UpstreamFailures() {
	}

	static UpstreamException translate(Throwable failure) {
		return switch (failure) {
			case UpstreamException known -> known;
			case WebClientRequestException request when request.getCause() != null -> translate(request.getCause());
			case DataBufferLimitException _ -> new UpstreamException.Malformed("a body over the size limit");
			case TimeoutException _, ReadTimeoutException _, io.netty.channel.ConnectTimeoutException _ ->
				new UpstreamException.TimedOut(failure);
			default -> new UpstreamException.Unreachable(failure);
		};
	}

}
