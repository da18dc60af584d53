package io.htgateway.web.reply;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

import io.htgateway.cache.store.CachedResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Compresses responses with gzip, once for all requests for the same bytes at the same
 * time.
 */
@Component
public final class GzipVariants {

	private static final Logger LOG = LoggerFactory.getLogger(GzipVariants.class);

	private final ConcurrentMap<String, Mono<CachedResponse>> inFlight = new ConcurrentHashMap<>();

	private final Scheduler scheduler;

	private final UnaryOperator<CachedResponse> compressor;

	GzipVariants() {
		this(Schedulers.boundedElastic(), CachedResponse::withGzip);
	}

	GzipVariants(Scheduler scheduler, UnaryOperator<CachedResponse> compressor) {
		this.scheduler = scheduler;
		this.compressor = compressor;
	}

	/**
	 * Returns the given response with a gzip variant, which is made on another thread.
	 * Returns the response unchanged if that fails.
	 */
	public Mono<CachedResponse> add(CachedResponse response) {
		return Mono.defer(() -> inFlight.computeIfAbsent(response.identity().etag(), (etag) -> make(response, etag)))
			.map(response::withVariantOf);
	}

	private Mono<CachedResponse> make(CachedResponse response, String etag) {
		return Mono.fromCallable(() -> compressed(response))
			.subscribeOn(scheduler)
			.doFinally((signal) -> inFlight.remove(etag))
			.cache();
	}

	// Reactor operators do not pass on errors of the JVM: the waiting requests would wait
	// for ever.
	private CachedResponse compressed(CachedResponse response) {
		try {
			return compressor.apply(response);
		}
		catch (RuntimeException | Error failure) {
			LOG.error("Gzip failed, sending the response uncompressed: bytes={}", response.identity().length(),
					failure);
			return response;
		}
	}

}
