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
 * Makes gzip variants, each once for all who ask for the same bytes at the same time.
 */
@Component
public final class GzipVariants {

	private static final Logger LOG = LoggerFactory.getLogger(GzipVariants.class);

	private final ConcurrentMap<String, Mono<CachedResponse>> underWay = new ConcurrentHashMap<>();

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
	 * The given response with a gzip variant, made away from the calling thread; as it is
	 * where that fails.
	 */
	public Mono<CachedResponse> add(CachedResponse response) {
		return Mono.defer(() -> underWay.computeIfAbsent(response.identity().etag(), (etag) -> make(response, etag)))
			.map(response::withVariantOf);
	}

	private Mono<CachedResponse> make(CachedResponse response, String etag) {
		return Mono.fromCallable(() -> compressed(response))
			.subscribeOn(scheduler)
			.doFinally((signal) -> underWay.remove(etag))
			.cache();
	}

	// Operators do not pass on an error of the JVM: who waits would wait for ever.
	private CachedResponse compressed(CachedResponse response) {
		try {
			return compressor.apply(response);
		}
		catch (RuntimeException | Error failure) {
			LOG.error("Gzip variant cannot be made, the response is sent as it is: bytes={}",
					response.identity().length(), failure);
			return response;
		}
	}

}
