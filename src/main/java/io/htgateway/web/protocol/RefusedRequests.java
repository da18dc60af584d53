package io.htgateway.web.protocol;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Receives the requests that their connection refuses. Methods are called on its event
 * loop.
 */
public interface RefusedRequests {

	/**
	 * Ignores all refusals.
	 */
	RefusedRequests NONE = new RefusedRequests() {

		@Override
		public void refused(Channel connection, Http2Headers head, int status) {
		}

		@Override
		public void cutOff(Channel connection, int stream, int status) {
		}

	};

	/**
	 * Called after a request was refused that the server did not receive.
	 * @param head the header fields that are known
	 */
	void refused(Channel connection, Http2Headers head, int status);

	/**
	 * Called before a request is refused that the server is already processing.
	 * @param stream number of the HTTP/2 stream, or 0 for HTTP/1.1
	 */
	void cutOff(Channel connection, int stream, int status);

}
