package io.htgateway.download.response;

import java.io.IOException;

import io.htgateway.http.ConnectionFailure;

/**
 * Failure of the HTTP client, described in the gateway's own words: the client's messages
 * and stack traces may contain the link.
 */
@SuppressWarnings("serial")
final class MaskedFailure extends IOException {

	private final String description;

	MaskedFailure(Throwable failure) {
		super(failure.getClass().getName());
		this.description = ConnectionFailure.of(failure).words();
	}

	/**
	 * Returns a clause about the server that failed.
	 */
	String description() {
		return description;
	}

}
