package io.htgateway.history.read;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.history.store.SnapshotStoreException;
import io.htgateway.web.problem.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Availability of the store of snapshots for reads. Logs once when an outage begins and
 * once when it ends.
 */
public final class StoreAvailability {

	private static final Logger LOG = LoggerFactory.getLogger(StoreAvailability.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

	private final String location;

	private final AtomicBoolean outage = new AtomicBoolean();

	/**
	 * Creates the availability of a store that has not failed.
	 * @param location location of the store, for the log
	 */
	public StoreAvailability(String location) {
		this.location = location;
	}

	/**
	 * Observes the given read. Its failures become an {@link UnavailableException}.
	 */
	public <T> Mono<T> watch(Mono<T> read) {
		return read.doOnSuccess((result) -> succeeded()).onErrorMap(SnapshotStoreException.class, this::failed);
	}

	/**
	 * Observes the given read. Its failures become an {@link UnavailableException}.
	 */
	public <T> Flux<T> watch(Flux<T> read) {
		return read.doOnNext((result) -> succeeded())
			.doOnComplete(this::succeeded)
			.onErrorMap(SnapshotStoreException.class, this::failed);
	}

	private void succeeded() {
		if (outage.get() && outage.compareAndSet(true, false)) {
			LOG.info("History store available again for reads: location={}", location);
		}
	}

	private UnavailableException failed(SnapshotStoreException failure) {
		if (outage.compareAndSet(false, true)) {
			LOG.warn("History store unavailable for reads, which are answered 503: location={} reason=\"{}\"", location,
					failure.reason());
		}
		return unavailable();
	}

	/**
	 * Returns the failure with which requests end during an outage.
	 */
	public static UnavailableException unavailable() {
		return new UnavailableException("the history store is unavailable; retry after the time in Retry-After",
				RETRY_AFTER);
	}

}
