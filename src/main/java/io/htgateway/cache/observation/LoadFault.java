package io.htgateway.cache.observation;

import org.jspecify.annotations.Nullable;

/**
 * What operators need to know of a failed load.
 *
 * @param host name of the server, where one is to blame
 * @param port its port
 * @param cause why it failed, without received data and links
 */
public record LoadFault(@Nullable String host, int port, String cause) {

	/**
	 * Reads faults from failures.
	 */
	@FunctionalInterface
	public interface Reader {

		/**
		 * Knows only the class of a failure: its message may be received data.
		 */
		Reader NONE = (failure) -> new LoadFault(null, 0,
				((failure.getCause() != null) ? failure.getCause() : failure).getClass().getSimpleName());

		/**
		 * Returns the fault of the given failure.
		 */
		LoadFault read(Throwable failure);

	}

	@Override
	public String toString() {
		return (host == null) ? "cause=\"" + cause + "\""
				: "host=" + host + " port=" + port + " cause=\"" + cause + "\"";
	}

}
