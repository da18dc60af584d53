package io.htgateway.http;

import org.springframework.util.unit.DataSize;

/**
 * Limits of the largest body that may be read into memory. While a body is read, it is in
 * the heap twice (as received or in parts, and as one array), and a third of the heap is
 * reserved for everything else.
 *
 * @param heap maximum heap
 * @param buffers maximum memory of Netty's buffers, through which bodies arrive
 */
public record BodySize(DataSize heap, DataSize buffers) {

	private static final String BUFFERS = "io.netty.maxDirectMemory";

	private static final DataSize MIN = DataSize.ofKilobytes(1);

	private static final DataSize END = DataSize.ofGigabytes(1);

	/**
	 * The default size, which every heap accepts: known bodies are hundreds of times
	 * smaller.
	 */
	private static final DataSize ALWAYS = DataSize.ofMegabytes(32);

	/**
	 * Returns the limits of this JVM.
	 */
	public static BodySize ofThisJvm() {
		long buffers = Long.getLong(BUFFERS, 0);
		return new BodySize(DataSize.ofBytes(Runtime.getRuntime().maxMemory()),
				DataSize.ofBytes((buffers > 0) ? buffers : Long.MAX_VALUE));
	}

	/**
	 * Checks that the given maximum size of a body is valid and fits into memory.
	 * @param property name of the property that sets the size
	 * @throws IllegalArgumentException if it is not valid or does not fit
	 */
	public void check(String property, DataSize size) {
		if (size.compareTo(MIN) < 0 || size.compareTo(END) >= 0) {
			throw new IllegalArgumentException(property + " must be at least 1KB and less than 1GB, and is " + size);
		}
		if (size.compareTo(ALWAYS) <= 0) {
			return;
		}
		long most = Math.max(heap.toBytes() / 3, ALWAYS.toBytes());
		if (size.toBytes() > most) {
			throw new IllegalArgumentException(
					("%s is %d MB: a body of that size takes %d MB of the heap while it is read (twice its size), which is"
							+ " %d MB with the third of the heap for everything else (%d MB), and the heap has %d MB:"
							+ " set it to %dMB or less, or raise -Xmx or the memory of the container")
						.formatted(property, size.toMegabytes(), 2 * size.toMegabytes(),
								2 * size.toMegabytes() + heap.toMegabytes() / 3, heap.toMegabytes() / 3,
								heap.toMegabytes(), DataSize.ofBytes(most).toMegabytes()));
		}
		if (size.compareTo(buffers) > 0) {
			throw new IllegalArgumentException(
					"%s is %d MB, and Netty's buffers, through which a body arrives, have %d MB: lower it, or raise -D%s"
						.formatted(property, size.toMegabytes(), buffers.toMegabytes(), BUFFERS));
		}
	}

}
