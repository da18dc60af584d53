package io.htgateway.cache.disk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of the cache on disk.
 *
 * @param damaged lookups that found a file with damaged or foreign content
 * @param failedPuts responses that could not be written
 * @param droppedPuts responses that were not written, because the disk is too slow or
 * they are too large
 */
record DiskMeters(Counter hits, Counter misses, Counter damaged, Counter failedLookups, Counter puts,
		Counter failedPuts, Counter droppedPuts) {

	static DiskMeters of(MeterRegistry meters) {
		return new DiskMeters(lookups(meters, "hit"), lookups(meters, "miss"), lookups(meters, "damaged"),
				lookups(meters, "failed"), puts(meters, "stored"), puts(meters, "failed"), puts(meters, "dropped"));
	}

	private static Counter lookups(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.cache.directory.lookups")
			.description("Lookups of responses on disk")
			.tag("outcome", outcome)
			.register(meters);
	}

	private static Counter puts(MeterRegistry meters, String outcome) {
		return Counter.builder("gateway.cache.directory.puts")
			.description("Responses stored on disk")
			.tag("outcome", outcome)
			.register(meters);
	}

	/**
	 * Registers the meters of the state of the directory.
	 */
	static void register(MeterRegistry meters, FileIndex index, DiskHealth health, long max) {
		Gauge.builder("gateway.cache.directory.available", health, (current) -> current.isAvailable() ? 1 : 0)
			.description("1 while the cache directory can be read and written")
			.register(meters);
		Gauge.builder("gateway.cache.directory.size", index, FileIndex::size)
			.description("Disk space of stored responses")
			.baseUnit("bytes")
			.register(meters);
		Gauge.builder("gateway.cache.directory.max", () -> max)
			.description("Maximum disk space for stored responses")
			.baseUnit("bytes")
			.register(meters);
		Gauge.builder("gateway.cache.directory.entries", index, FileIndex::count)
			.description("Number of stored responses on disk")
			.register(meters);
	}

}
