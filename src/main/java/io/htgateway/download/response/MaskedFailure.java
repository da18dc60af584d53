package io.htgateway.download.response;

import java.io.IOException;

import io.htgateway.http.ConnectionFailure;

/**
 * A failure of the HTTP client in the gateway's own words: the client's messages and
 * traces may name the link.
 */
@SuppressWarnings("serial")
final class MaskedFailure extends IOException {

	private final String words;

	MaskedFailure(Throwable failure) {
		super(failure.getClass().getName());
		this.words = ConnectionFailure.of(failure).words();
	}

	/**
	 * Returns a clause about the server.
	 */
	String words() {
		return words;
	}

}
