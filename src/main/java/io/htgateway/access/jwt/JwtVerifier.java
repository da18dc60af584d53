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
import org.jspecify.annotations.Nullable;
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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Verifier of JWTs: checks signature, issuer, audience and times (RFC 7519).
 */
public final class JwtVerifier implements AutoCloseable {

	/**
	 * A JWT without a valid signature: <code>{"alg":"RS256"}</code>, <code>{}</code> and
	 * one byte.
	 */
	private static final Secret UNSIGNED = Secret.of("eyJhbGciOiJSUzI1NiJ9.e30.AA");

	private final Scheduler thread = Schedulers.newSingle("jwt-verification", true);

	private final VerificationQueue queue = new VerificationQueue(thread);

	private final PlausibleJwt plausible;

	private final ReactiveJwtDecoder decoder;

	private final String claim;

	private final IssuerLog log;

	/**
	 * Creates a verifier.
	 * @param keys client for requests to the issuer
	 */
	public JwtVerifier(TeamsProperties.Jwt properties, WebClient keys, InstantSource clock) {
		this.log = new IssuerLog(
				(properties.jwkSetUri() != null) ? "gateway.access.jwt.jwk-set-uri" : "gateway.access.jwt.issuer-uri",
				properties.keys());
		this.decoder = decoder(properties, keys.mutate().filter(new JwkSetThrottle(clock, log, thread)).build(), clock);
		this.plausible = new PlausibleJwt(properties, clock);
		this.claim = properties.claim();
	}

	/**
	 * Returns whether the given token has the form of a JWT: three parts with dots
	 * between them.
	 */
	private static boolean isJwt(Secret token) {
		return token.reveal().chars().filter((character) -> character == '.').count() == 2;
	}

	/**
	 * Returns the claimed value of the claim that names the team, or null if the given
	 * token cannot be valid, whatever its signature.
	 */
	public @Nullable String claimedSubject(Secret token) {
		return isJwt(token) ? plausible.subject(token) : null;
	}

	/**
	 * Verifies the given token when it is its claimant's turn. Returns nothing if it is
	 * invalid; fails with {@link TeamRefusal.KeysUnavailable} if it cannot be verified
	 * without the keys, or with {@link TeamRefusal.TooManyJwts} if too many JWTs are
	 * waiting.
	 * @param claimant names of the claimed identity and its parts, the most important
	 * first; each takes turns with its siblings
	 */
	public Mono<Verified> verify(Secret token, List<String> claimant) {
		return queue.inTurn(claimant, verify(token).contextWrite(new KeyRequest.Claimant(claimant)::in));
	}

	private Mono<Verified> verify(Secret token) {
		return decoder.decode(token.reveal())
			.mapNotNull((jwt) -> jwt.getClaimAsString(claim) != null ? verified(jwt) : null)
			.onErrorResume(JwtVerifier::isInvalid, (invalid) -> Mono.empty())
			.onErrorMap(this::unavailable);
	}

	/**
	 * Reads the keys as for a JWT, so that a wrong issuer is logged before the first JWT
	 * comes. Never fails.
	 */
	public Mono<Void> check() {
		return verify(UNSIGNED).onErrorComplete().then();
	}

	// A key that does not match the algorithm in the token makes the token invalid.
	private static boolean isInvalid(Throwable failure) {
		return failure instanceof BadJwtException || failure.getCause() instanceof JOSEException;
	}

	private Verified verified(Jwt jwt) {
		return new Verified(Objects.requireNonNull(jwt.getClaimAsString(claim)),
				Objects.requireNonNull(jwt.getExpiresAt()));
	}

	private TeamRefusal unavailable(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof TeamRefusal refusal) {
				return refusal;
			}
		}
		log.unavailable(failure);
		return new TeamRefusal.KeysUnavailable();
	}

	// Accepts no symmetric signatures: these keys are public, so anybody could sign.
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
	 * Returns the validator of times, audience and issuer. A JWT must have an expiry.
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

	@Override
	public void close() {
		thread.dispose();
	}

	/**
	 * A verified JWT.
	 *
	 * @param subject value of the claim that names the team
	 * @param expiry when the JWT expires
	 */
	public record Verified(String subject, Instant expiry) {
	}

}
