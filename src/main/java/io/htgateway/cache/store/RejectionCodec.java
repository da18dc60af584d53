package io.htgateway.cache.store;

import java.util.Optional;

/**
 * Writes causes of rejections as text, and reads them at another replica.
 */
public interface RejectionCodec {

	/**
	 * Returns the text of the given cause, or nothing if other replicas need not know it.
	 */
	Optional<String> write(Throwable cause);

	/**
	 * Returns the cause with the given text, or nothing if the text is not that of a
	 * cause.
	 */
	Optional<Throwable> read(String text);

}
