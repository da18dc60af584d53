package io.htgateway.failure;

import java.util.concurrent.TimeoutException;

import io.htgateway.cache.observation.LoadFault;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import org.springframework.stereotype.Component;

/**
 * Finds out which server a failed load called, and why the call or download failed.
 */
@Component
final class FaultReader implements LoadFault.Reader {

	@Override
	public LoadFault read(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream -> new LoadFault(upstream.host(), upstream.port(), upstream.cause());
			case DownloadException download -> new LoadFault(download.host(), download.port(), download.cause());
			case CacheRefusal.Backoff backoff -> read(backoff.failure());
			case TimeoutException _ -> new LoadFault(null, 0, "no result in time");
			default -> LoadFault.Reader.NONE.read(failure);
		};
	}

}
