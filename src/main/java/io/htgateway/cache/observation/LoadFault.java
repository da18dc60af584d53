package io.htgateway.cache.observation;

import org.jspecify.annotations.Nullable;

/**
 * The reason of a failed load, for operators.
 *
 * @param host name of the server that failed, or null if none did
 * @param port its port
 * @param cause why the load failed, without received data and links
 */
public record LoadFault(@Nullable String host, int port, String cause) {

	/**
	 * Describes failures as faults.
	 */
	@FunctionalInterface
	public interface Reader {

		/**
		 * Describes a failure by its class only: its message may be received data.
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
