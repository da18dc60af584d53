package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.secret.Secret;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Verifies JWTs of the configured issuer: signature, issuer, audience and times.
 */
public final class JwtVerifier {

	/**
	 * A JWT that nobody has signed: <code>{"alg":"RS256"}</code>, <code>{}</code> and one
	 * byte.
	 */
	private static final Secret UNSIGNED = Secret.of("eyJhbGciOiJSUzI1NiJ9.e30.AA");

	private final ReactiveJwtDecoder decoder;

	private final String claim;

	private final IssuerLog log;

	public JwtVerifier(TeamsProperties.Jwt properties, WebClient keys, InstantSource clock) {
		this.log = new IssuerLog(
				(properties.jwkSetUri() != null) ? "gateway.teams-jwt.jwk-set-uri" : "gateway.teams-jwt.issuer-uri",
				properties.keys());
		this.decoder = decoder(properties, keys.mutate().filter(new JwkSetThrottle(clock, log)).build(), clock);
		this.claim = properties.claim();
	}

	/**
	 * Whether the given token has the form of a JWT.
	 */
	public static boolean isJwt(Secret token) {
		return token.reveal().chars().filter((character) -> character == '.').count() == 2;
	}

	/**
	 * The given token, if it is good. Empty where it is not; fails with
	 * {@link TeamRefusal.KeysUnavailable} where that cannot be told.
	 */
	public Mono<Good> verify(Secret token) {
		return decoder.decode(token.reveal())
			.subscribeOn(Schedulers.boundedElastic())
			.mapNotNull((jwt) -> jwt.getClaimAsString(claim) != null ? good(jwt) : null)
			.onErrorResume(JwtVerifier::isBad, (bad) -> Mono.empty())
			.onErrorMap(this::unavailable);
	}

	/**
	 * Reads the keys as a JWT would need them, so that a wrong issuer is logged before
	 * the first one comes. Never fails.
	 */
	public Mono<Void> check() {
		return verify(UNSIGNED).onErrorComplete().then();
	}

	// A key that does not fit the algorithm that the token names is the token's fault.
	private static boolean isBad(Throwable failure) {
		return failure instanceof BadJwtException || failure.getCause() instanceof JOSEException;
	}

	private Good good(Jwt jwt) {
		return new Good(Objects.requireNonNull(jwt.getClaimAsString(claim)),
				Objects.requireNonNull(jwt.getExpiresAt()));
	}

	private TeamRefusal unavailable(Throwable failure) {
		log.unavailable(failure);
		return new TeamRefusal.KeysUnavailable();
	}

	// Signatures with keys that both sides know are not taken: keys here are public.
	private static ReactiveJwtDecoder decoder(TeamsProperties.Jwt properties, WebClient keys, InstantSource clock) {
		NimbusReactiveJwtDecoder decoder = builder(properties).webClient(keys)
			.validateType(false)
			.jwsAlgorithms((algorithms) -> algorithms.addAll(List.of(SignatureAlgorithm.values())))
			.jwtProcessorCustomizer((processor) -> processor.setJWSVerifierFactory(new MatchingKeys()))
			.build();
		decoder.setJwtValidator(validator(properties, clock));
		return decoder;
	}

	private static NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder builder(TeamsProperties.Jwt properties) {
		URI keySet = properties.jwkSetUri();
		return (keySet != null) ? NimbusReactiveJwtDecoder.withJwkSetUri(keySet.toString()) : NimbusReactiveJwtDecoder
			.withIssuerLocation(Objects.requireNonNull(properties.issuerUri()).toString());
	}

	/**
	 * Returns the rules for times, audience and issuer.
	 */
	static OAuth2TokenValidator<Jwt> validator(TeamsProperties.Jwt properties, InstantSource clock) {
		JwtTimestampValidator times = new JwtTimestampValidator();
		times.setClock(clock.withZone(ZoneOffset.UTC));
		times.setAllowEmptyExpiryClaim(false);
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
		validators.add(times);
		validators.add(new JwtAudienceValidator(properties.audience()));
		if (properties.issuerUri() != null) {
			validators.add(new JwtIssuerValidator(properties.issuerUri().toString()));
		}
		return new DelegatingOAuth2TokenValidator<>(validators);
	}

	/**
	 * A token that is good.
	 *
	 * @param subject whose it is
	 * @param expiry when it ends
	 */
	public record Good(String subject, Instant expiry) {
	}

}
