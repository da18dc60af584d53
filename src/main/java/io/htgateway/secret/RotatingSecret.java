package io.htgateway.secret;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A secret that may be replaced while it is in use. What it was before is still masked:
 * answers to those who used it may yet come.
 */
public final class RotatingSecret implements Supplier<Secret> {

	private static final int MASKED = 8;

	private volatile List<Secret> latest;

	/**
	 * A secret that is the given one until it is replaced.
	 */
	public RotatingSecret(Secret first) {
		this.latest = List.of(first);
	}

	@Override
	public Secret get() {
		return latest.getFirst();
	}

	/**
	 * Has the given secret used from now on.
	 */
	public synchronized void replace(Secret next) {
		latest = Stream.concat(Stream.of(next), latest.stream()).distinct().limit(MASKED).toList();
	}

	/**
	 * The given text with this secret masked wherever it stands.
	 */
	public String maskIn(String text) {
		String masked = text;
		for (Secret secret : latest) {
			masked = secret.maskIn(masked);
		}
		return masked;
	}

	@Override
	public String toString() {
		return get().toString();
	}

}
