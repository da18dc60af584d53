package io.htgateway.tls;

import java.io.IOException;

/**
 * A connection failed before its TLS handshake was complete, so no request was sent on
 * it.
 */
@SuppressWarnings("serial")
public final class TlsHandshakeException extends IOException {

	TlsHandshakeException(Throwable cause) {
		super("the TLS handshake failed", cause);
	}

}
