package io.htgateway.cache;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.htgateway.settings.UnusableSettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * The memory that this process may use.
 *
 * @param heap largest size of the heap
 * @param offHeap most memory off the heap, for cached bodies
 * @param machine what the machine has, or the limit of the container
 */
record MemoryLimits(DataSize heap, DataSize offHeap, DataSize machine) {

	private static final Logger LOG = LoggerFactory.getLogger(MemoryLimits.class);

	private static final DataSize DEFAULT_CACHE = DataSize.ofMegabytes(256);

	private static final String OFF_HEAP = "MaxDirectMemorySize";

	/**
	 * Least heap with which the gateway starts and serves.
	 */
	private static final DataSize MIN_HEAP = DataSize.ofMegabytes(48);

	/**
	 * What classes, compiled code and threads take, measured in the image.
	 */
	private static final DataSize CLASSES = DataSize.ofMegabytes(130);

	/**
	 * Those of this JVM, which has as much off its heap as its heap may have, unless it
	 * is set.
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
	 * Refuses a cache of the given size, <code>gateway.cache.max-size</code>, that does
	 * not fit.
	 * @throws UnusableSettingsException when it would not, or the heap is too small
	 */
	void check(DataSize cache) {
		checkHeap();
		if (cache.compareTo(offHeap) > 0) {
			throw unusable("gateway.cache.max-size is %d MB, and this JVM has %d MB off its heap for it: lower it, or "
					+ "raise -XX:" + OFF_HEAP + ".", cache, offHeap);
		}
		DataSize sum = DataSize.ofBytes(heap.toBytes() + cache.toBytes() + CLASSES.toBytes());
		if (sum.compareTo(machine) > 0) {
			throw unusable(
					"The heap (%d MB), gateway.cache.max-size (%d MB) and classes and compiled code (%d MB) need "
							+ "%d MB together, and the machine or container has %d MB: lower gateway.cache.max-size or -Xmx, "
							+ "or give it more memory.",
					heap, cache, CLASSES, sum, machine);
		}
	}

	/**
	 * Refuses a heap with which the gateway cannot start.
	 * @throws UnusableSettingsException when it is too small
	 */
	void checkHeap() {
		if (heap.compareTo(MIN_HEAP) < 0) {
			throw unusable("The heap of this JVM is %d MB, and the gateway needs at least %d MB: raise -Xmx, or the "
					+ "memory of the machine or container (%d MB).", heap, MIN_HEAP, machine);
		}
	}

	/**
	 * Returns the size of a cache for which none is set: what fits, up to 256 MB.
	 */
	DataSize defaultCache() {
		long beside = machine.toMegabytes() - heap.toMegabytes() - CLASSES.toMegabytes();
		long fits = Math.min(offHeap.toMegabytes() * 3 / 4, beside);
		return DataSize.ofMegabytes(Math.clamp(fits, 1, DEFAULT_CACHE.toMegabytes()));
	}

	/**
	 * Logs that the default is smaller than elsewhere, where it is.
	 */
	void tellOfSmallDefault() {
		if (defaultCache().compareTo(DEFAULT_CACHE) < 0) {
			LOG.info(
					"The cache takes up to {} MB, not {} MB, since this JVM has a heap of {} MB and {} MB off it, and "
							+ "the machine or container {} MB. Set gateway.cache.max-size for another size.",
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
