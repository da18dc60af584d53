package io.htgateway.access.jwt;

import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Test for plausible JWTs: applies the rules of the verifier except the signature, which
 * is costly to check. Anybody can make a plausible JWT, so plausibility authenticates
 * nobody.
 */
final class PlausibleJwt {

	private static final MappedJwtClaimSetConverter CLAIMS = MappedJwtClaimSetConverter.withDefaults(Map.of());

	private final OAuth2TokenValidator<Jwt> validator;

	private final String claim;

	PlausibleJwt(TeamsProperties.Jwt properties, InstantSource clock) {
		this.validator = JwtVerifier.validator(properties, clock);
		this.claim = properties.claim();
	}

	/**
	 * Returns the claimed value of the claim that names the team, or null if more than
	 * the signature makes the given token invalid.
	 */
	@Nullable String subject(Secret token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token.reveal());
			String algorithm = jwt.getHeader().getAlgorithm().getName();
			boolean supported = Arrays.stream(SignatureAlgorithm.values())
				.anyMatch((known) -> known.getName().equals(algorithm));
			return supported ? subject(unverified(token, jwt)) : null;
		}
		// Claims of the wrong type fail with various exceptions.
		catch (ParseException | RuntimeException invalid) {
			return null;
		}
	}

	private static Jwt unverified(Secret token, SignedJWT jwt) throws ParseException {
		Map<String, Object> claims = CLAIMS.convert(jwt.getJWTClaimsSet().getClaims());
		return Jwt.withTokenValue(token.reveal())
			.headers((headers) -> headers.putAll(jwt.getHeader().toJSONObject()))
			.claims((all) -> all.putAll(claims))
			.build();
	}

	private @Nullable String subject(Jwt jwt) {
		return validator.validate(jwt).hasErrors() ? null : jwt.getClaimAsString(claim);
	}

}
