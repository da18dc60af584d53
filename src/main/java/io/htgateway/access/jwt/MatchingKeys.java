package io.htgateway.access.jwt;

import java.security.Key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import org.jspecify.annotations.Nullable;

/**
 * Verifier factory that skips keys which do not match the algorithm of a JWT, such as one
 * of another curve, so that the remaining keys are tried.
 */
final class MatchingKeys extends DefaultJWSVerifierFactory {

	@Override
	public @Nullable JWSVerifier createJWSVerifier(JWSHeader header, Key key) {
		try {
			JWSVerifier verifier = super.createJWSVerifier(header, key);
			return verifier.supportedJWSAlgorithms().contains(header.getAlgorithm()) ? verifier : null;
		}
		catch (JOSEException mismatch) {
			return null;
		}
	}

}
