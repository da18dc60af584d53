package io.htgateway.secret;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A secret that can be replaced while it is in use. Its last few values stay masked:
 * responses to requests that used them may still arrive.
 */
public final class RotatingSecret implements Supplier<Secret> {

	private static final int MAX_MASKED = 8;

	private volatile List<Secret> latest;

	/**
	 * Creates a secret with the given first value.
	 */
	public RotatingSecret(Secret first) {
		this.latest = List.of(first);
	}

	@Override
	public Secret get() {
		return latest.getFirst();
	}

	/**
	 * Replaces the value from now on.
	 */
	public synchronized void replace(Secret next) {
		latest = Stream.concat(Stream.of(next), latest.stream()).distinct().limit(MAX_MASKED).toList();
	}

	/**
	 * Returns the given text with every occurrence of this secret masked.
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
