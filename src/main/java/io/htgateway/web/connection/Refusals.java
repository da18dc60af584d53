package io.htgateway.web.connection;

import io.netty.channel.Channel;

/**
 * Receives requests that are answered before they reach the server's handlers.
 */
public interface Refusals {

	/**
	 * Ignores all refusals.
	 */
	Refusals NONE = (connection, method, target, status) -> {
	};

	/**
	 * Called on the connection's event loop when a request has been refused.
	 */
	void refused(Channel connection, String method, String target, int status);

}
