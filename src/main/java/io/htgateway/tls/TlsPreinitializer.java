package io.htgateway.tls;

import java.security.NoSuchAlgorithmException;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.OpenSsl;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;

/**
 * Loads what TLS needs while the application starts on another thread: Netty's native
 * library, which its HTTP clients load whether they use it or not, and the JDK's trusted
 * certificates.
 */
final class TlsPreinitializer implements BackgroundPreinitializer {

	@Override
	public void preinitialize() throws NoSuchAlgorithmException {
		OpenSsl.isAvailable();
		SSLContext.getDefault();
	}

}
