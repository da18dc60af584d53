package io.htgateway.web.protocol;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Receives requests that their connection answers, on its event loop.
 */
public interface RefusedRequests {

	/**
	 * Ignores all refusals.
	 */
	RefusedRequests NONE = new RefusedRequests() {

		@Override
		public void refused(Channel connection, Http2Headers head, int status) {
			// Nobody wants to know.
		}

		@Override
		public void cutOff(Channel connection, int stream, int status) {
			// Nobody wants to know.
		}

	};

	/**
	 * Called when a request has been refused that the server has not received.
	 * @param head what is known of its head
	 */
	void refused(Channel connection, Http2Headers head, int status);

	/**
	 * Called when a request is about to be refused that the server is processing.
	 * @param stream number of the HTTP/2 stream, or 0 for HTTP/1.1
	 */
	void cutOff(Channel connection, int stream, int status);

}
