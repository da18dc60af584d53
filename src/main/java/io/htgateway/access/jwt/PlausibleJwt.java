package io.htgateway.access.jwt;

import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

import com.nimbusds.jwt.SignedJWT;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.secret.Secret;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Test for plausible JWTs: applies the rules of the verifier except the signature, which
 * is costly to check. Anybody can make a plausible JWT, so plausibility authenticates
 * nobody.
 */
public final class PlausibleJwt {

	private static final MappedJwtClaimSetConverter CLAIMS = MappedJwtClaimSetConverter.withDefaults(Map.of());

	private final OAuth2TokenValidator<Jwt> validator;

	private final String claim;

	public PlausibleJwt(TeamsProperties.Jwt properties, InstantSource clock) {
		this.validator = JwtVerifier.validator(properties, clock);
		this.claim = properties.claim();
	}

	/**
	 * Returns whether the given token is a JWT that only its signature can make invalid.
	 */
	public boolean test(Secret token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token.reveal());
			String algorithm = jwt.getHeader().getAlgorithm().getName();
			return Arrays.stream(SignatureAlgorithm.values()).anyMatch((known) -> known.getName().equals(algorithm))
					&& isPlausible(unverified(token, jwt));
		}
		// Claims of the wrong type fail with various exceptions.
		catch (ParseException | RuntimeException invalid) {
			return false;
		}
	}

	private static Jwt unverified(Secret token, SignedJWT jwt) throws ParseException {
		Map<String, Object> claims = CLAIMS.convert(jwt.getJWTClaimsSet().getClaims());
		return Jwt.withTokenValue(token.reveal())
			.headers((headers) -> headers.putAll(jwt.getHeader().toJSONObject()))
			.claims((all) -> all.putAll(claims))
			.build();
	}

	private boolean isPlausible(Jwt jwt) {
		return jwt.hasClaim(claim) && !validator.validate(jwt).hasErrors();
	}

}
