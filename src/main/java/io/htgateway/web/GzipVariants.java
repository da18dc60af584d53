package io.htgateway.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.htgateway.cache.CachedResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes gzip variants, each once for all who ask for the same bytes at the same time.
 */
@Component
final class GzipVariants {

	private final ConcurrentMap<String, Mono<CachedResponse>> underWay = new ConcurrentHashMap<>();

	private final Scheduler scheduler;

	GzipVariants() {
		this(Schedulers.boundedElastic());
	}

	GzipVariants(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * The given response with a gzip variant, made away from the calling thread.
	 */
	Mono<CachedResponse> add(CachedResponse response) {
		return Mono.defer(() -> underWay.computeIfAbsent(response.identity().etag(), (etag) -> make(response, etag)))
			.map(response::withVariantOf);
	}

	private Mono<CachedResponse> make(CachedResponse response, String etag) {
		return Mono.fromCallable(response::withGzip)
			.subscribeOn(scheduler)
			.doFinally((signal) -> underWay.remove(etag))
			.cache();
	}

}
