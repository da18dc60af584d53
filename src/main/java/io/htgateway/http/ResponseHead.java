package io.htgateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * Size limits of the status line and the headers of a response.
 */
public final class ResponseHead {

	/**
	 * Maximum size of all headers, in bytes: links with session tokens are long.
	 */
	static final int MAX_SIZE = 32 * 1024;

	private static final int MAX_LINE = 4 * 1024;

	private ResponseHead() {
	}

	/**
	 * Returns the given client with these limits.
	 */
	public static HttpClient limit(HttpClient client) {
		return client.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_SIZE).maxInitialLineLength(MAX_LINE));
	}

	/**
	 * Returns which limit a response exceeded, as a noun phrase, or null if the given
	 * failure has another cause.
	 */
	public static @Nullable String exceeded(Throwable failure) {
		return switch (failure) {
			case TooLongHttpHeaderException _ -> "response headers over the limit of 32 KB";
			case TooLongHttpLineException _ -> "a status line or a chunk header over the limit of 4 KB";
			default -> null;
		};
	}

}
