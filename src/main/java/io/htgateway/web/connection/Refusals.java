package io.htgateway.web.connection;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Receives requests that are answered before they reach the server's handlers.
 */
public interface Refusals {

	/**
	 * Ignores all refusals.
	 */
	Refusals NONE = (connection, head, status) -> {
	};

	/**
	 * Called on the connection's event loop when a request has been refused.
	 */
	void refused(Channel connection, Http2Headers head, int status);

}
