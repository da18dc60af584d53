package io.htgateway.cache;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * The memory that this JVM has for bytes off its heap, where cached bodies are.
 *
 * @param limit most bytes of it
 */
record DirectMemory(long limit) {

	private static final Logger LOG = LoggerFactory.getLogger(DirectMemory.class);

	/**
	 * Start of the JVM's message for memory off the heap.
	 */
	private static final String NONE_LEFT = "Cannot reserve";

	private static final String OPTION = "MaxDirectMemorySize";

	/**
	 * That of this JVM: as much as its heap may have, unless it is told otherwise.
	 */
	static DirectMemory ofThisJvm() {
		HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		long told = (options != null) ? Long.parseLong(options.getVMOption(OPTION).getValue()) : 0;
		return new DirectMemory((told > 0) ? told : Runtime.getRuntime().maxMemory());
	}

	/**
	 * Allocates a buffer of the given size.
	 * @throws CacheRefusal.Overloaded if no memory is left for it. The JVM's own error
	 * would not be passed on to subscribers by Reactor's operators.
	 */
	static ByteBuffer allocate(int size) {
		try {
			return ByteBuffer.allocateDirect(size);
		}
		catch (OutOfMemoryError error) {
			if (error.getMessage() != null && error.getMessage().startsWith(NONE_LEFT)) {
				throw new CacheRefusal.Overloaded("too little memory is left off the heap");
			}
			throw error;
		}
	}

	/**
	 * Warns where cached bodies may take more than there is.
	 */
	void check(DataSize cache) {
		if (cache.toBytes() > limit) {
			LOG.warn(
					"gateway.cache.max-size is {} MB, more than the {} MB that this JVM has for it: "
							+ "a full cache fails requests. Lower it, or raise -XX:{}",
					cache.toMegabytes(), DataSize.ofBytes(limit).toMegabytes(), OPTION);
		}
	}

}
