package io.htgateway.cache;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.htgateway.settings.UnusableSettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Memory that this process may use.
 *
 * @param heap maximum heap
 * @param offHeap maximum off-heap memory, where cached bodies are stored
 * @param machine memory of the machine, or the limit of the container
 */
record MemoryLimits(DataSize heap, DataSize offHeap, DataSize machine) {

	private static final Logger LOG = LoggerFactory.getLogger(MemoryLimits.class);

	private static final DataSize DEFAULT_CACHE = DataSize.ofMegabytes(256);

	private static final String OFF_HEAP = "MaxDirectMemorySize";

	/**
	 * Smallest heap with which the gateway starts and serves.
	 */
	private static final DataSize MIN_HEAP = DataSize.ofMegabytes(48);

	/**
	 * Memory of classes, compiled code and threads, measured in the image.
	 */
	private static final DataSize CLASSES = DataSize.ofMegabytes(130);

	/**
	 * Returns the limits of this JVM. Its off-heap memory is as large as its maximum heap
	 * by default.
	 */
	static MemoryLimits ofThisJvm() {
		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long heap = Runtime.getRuntime().maxMemory();
		long offHeap = Long.parseLong(options.getVMOption(OFF_HEAP).getValue());
		return new MemoryLimits(DataSize.ofBytes(heap), DataSize.ofBytes((offHeap > 0) ? offHeap : heap),
				DataSize.ofBytes(machine.getTotalMemorySize()));
	}

	/**
	 * Checks that a cache of the given size, <code>gateway.cache.max-size</code>, fits.
	 * @throws UnusableSettingsException if it does not fit, or if the heap is too small
	 */
	void check(DataSize cache) {
		checkHeap();
		DataSize bodies = DataSize.ofBytes(cache.toBytes() + CacheProperties.finished(cache).toBytes());
		if (bodies.compareTo(offHeap) > 0) {
			throw unusable(
					"gateway.cache.max-size is %d MB, and %d MB with finished responses, but this JVM has only "
							+ "%d MB of off-heap memory for them: lower it, or raise -XX:" + OFF_HEAP + ".",
					cache, bodies, offHeap);
		}
		DataSize sum = DataSize.ofBytes(heap.toBytes() + bodies.toBytes() + CLASSES.toBytes());
		if (sum.compareTo(machine) > 0) {
			throw unusable(
					"The heap (%d MB), gateway.cache.max-size with finished responses (%d MB) and classes and compiled "
							+ "code (%d MB) need %d MB together, but the machine or container has %d MB: lower "
							+ "gateway.cache.max-size or -Xmx, or give it more memory.",
					heap, bodies, CLASSES, sum, machine);
		}
	}

	/**
	 * Checks that the gateway can run with the heap.
	 * @throws UnusableSettingsException if the heap is too small
	 */
	void checkHeap() {
		if (heap.compareTo(MIN_HEAP) < 0) {
			throw unusable("The heap of this JVM is %d MB, but the gateway needs at least %d MB: raise -Xmx, or the "
					+ "memory of the machine or container (%d MB).", heap, MIN_HEAP, machine);
		}
	}

	/**
	 * Returns the default size of the cache: as much as fits with finished responses, up
	 * to 256 MB. A sixth of the off-heap memory is left for evicted bodies.
	 */
	DataSize defaultCache() {
		long available = machine.toMegabytes() - heap.toMegabytes() - CLASSES.toMegabytes();
		long fits = Math.min(offHeap.toMegabytes() * 2 / 3, available * 4 / 5);
		return DataSize.ofMegabytes(Math.clamp(fits, 1, DEFAULT_CACHE.toMegabytes()));
	}

	/**
	 * Logs that the default size is below 256 MB on this machine, if it is.
	 */
	void logSmallDefault() {
		if (defaultCache().compareTo(DEFAULT_CACHE) < 0) {
			LOG.info(
					"Cache limited to {} MB instead of {} MB, because memory is short: heapMb={} offHeapMb={} "
							+ "machineMb={}; set gateway.cache.max-size to choose another size",
					defaultCache().toMegabytes(), DEFAULT_CACHE.toMegabytes(), heap.toMegabytes(),
					offHeap.toMegabytes(), machine.toMegabytes());
		}
	}

	private static UnusableSettingsException unusable(String text, DataSize... sizes) {
		Object[] megabytes = new Object[sizes.length];
		for (int size = 0; size < sizes.length; size++) {
			megabytes[size] = sizes[size].toMegabytes();
		}
		return new UnusableSettingsException(text.formatted(megabytes));
	}

}
