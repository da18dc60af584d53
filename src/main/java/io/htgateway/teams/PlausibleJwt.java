package io.htgateway.teams;

import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Separates plausible JWTs from certainly invalid ones without checking a signature.
 * Anybody can make a plausible JWT, so plausibility proves nothing.
 */
final class PlausibleJwt {

	/**
	 * The clock skew that the verifier allows.
	 */
	private static final Duration SKEW = Duration.ofSeconds(60);

	private final TeamsProperties.Jwt properties;

	private final InstantSource clock;

	PlausibleJwt(TeamsProperties.Jwt properties, InstantSource clock) {
		this.properties = properties;
		this.clock = clock;
	}

	boolean test(Secret token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token.reveal());
			String algorithm = jwt.getHeader().getAlgorithm().getName();
			return Arrays.stream(SignatureAlgorithm.values()).anyMatch((known) -> known.getName().equals(algorithm))
					&& isPlausible(jwt.getJWTClaimsSet());
		}
		catch (ParseException notJwt) {
			return false;
		}
	}

	private boolean isPlausible(@Nullable JWTClaimsSet claims) throws ParseException {
		if (claims == null) {
			return false;
		}
		Instant now = clock.instant();
		Date end = claims.getExpirationTime();
		Date start = claims.getNotBeforeTime();
		URI issuer = properties.issuerUri();
		return end != null && end.toInstant().plus(SKEW).isAfter(now)
				&& (start == null || start.toInstant().minus(SKEW).isBefore(now))
				&& claims.getAudience().contains(properties.audience())
				&& (issuer == null || issuer.toString().equals(claims.getIssuer()))
				&& claims.getClaim(properties.claim()) != null;
	}

}
