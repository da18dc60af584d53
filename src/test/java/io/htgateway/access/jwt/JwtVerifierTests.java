package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link JwtVerifier} with invalid tokens and an unreliable issuer.
 */
class JwtVerifierTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Issuer issuer = new Issuer();

	private final JwtVerifier verifier = new JwtVerifier(
			new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub"), WebClient.create(), clock);

	@AfterEach
	void stop() {
		verifier.close();
		issuer.close();
	}

	// These tokens must not be reported as unavailable keys.
	@ParameterizedTest
	@ValueSource(strings = { "{'alg':'ES384','kid':'current'}", "{'alg':'ES512','kid':'current'}",
			"{'alg':'ES256K','kid':'current'}", "{'alg':'RS256','kid':'current'}", "{'alg':'PS512'}",
			"{'alg':'HS256','kid':'current'}", "{'alg':'none'}", "{'alg':1}", "{'alg':'ES256','kid':1}",
			"{'alg':'ES256','kid':'current','b64':false,'crit':['b64']}",
			"{'alg':'ES256','kid':'current','x':1,'crit':['x']}",
			"{'alg':'ES256','kid':'other','jku':'http://127.0.0.1:1/keys'}", "[]", "null" })
	void verifyWhenHeaderIsUnsupportedReturnsNothing(String header) {
		String good = issuer.token("research", clock.instant());
		String encoded = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(header.replace('\'', '"').getBytes(UTF_8));

		assertThat(subject(good)).isEqualTo("research");
		assertThat(subject(encoded + good.substring(good.indexOf('.')))).isNull();
	}

	// Checks before the verification are no substitute for those in it.
	@Test
	void verifyWhenOnlyTheSignatureIsValidReturnsNothing() {
		JWTClaimsSet valid = issuer.claims("research", clock.instant()).build();
		assertThat(subject(issuer.token(valid))).isEqualTo("research");

		assertThat(List.of(new JWTClaimsSet.Builder(valid).audience("someone else"),
				new JWTClaimsSet.Builder(valid).issuer("https://elsewhere.example"),
				new JWTClaimsSet.Builder(valid).expirationTime(null), new JWTClaimsSet.Builder(valid).subject(null),
				new JWTClaimsSet.Builder(valid).expirationTime(Date.from(clock.instant().minusSeconds(120))),
				new JWTClaimsSet.Builder(valid).notBeforeTime(Date.from(clock.instant().plusSeconds(120)))))
			.allSatisfy((claims) -> {
				String token = issuer.token(claims.build());
				assertThat(verifier.claimedSubject(Secret.of(token))).isNull();
				assertThat(subject(token)).isNull();
			});
	}

	@Test
	void verifyWhenManyKeysAreUnknownReadsThemOnceASecond() {
		subject(issuer.token("research", clock.instant()));
		assertThat(issuer.keyRequests()).isEqualTo(1);
		List<String> unknown = IntStream.range(0, 20)
			.mapToObj((number) -> Issuer.token(issuer.claims("research", clock.instant()).build(),
					Issuer.key("unknown" + number)))
			.toList();

		clock.advance(Duration.ofSeconds(1));
		assertThat(Flux.fromIterable(unknown)
			.flatMap((token) -> verifier.verify(Secret.of(token), List.of()))
			.collectList()
			.block()).isEmpty();
		unknown.forEach((token) -> assertThat(subject(token)).isNull());

		assertThat(issuer.keyRequests()).isEqualTo(2);
	}

	@Test
	void verifyWhenIssuerIsDownSendsOneRequestASecond() {
		String good = issuer.token("research", clock.instant());
		issuer.serveNothing();
		for (int time = 0; time < 5; time++) {
			assertThat(catchThrowable(() -> subject(good))).isInstanceOf(TeamRefusal.KeysUnavailable.class);
		}
		int asked = issuer.requests();
		clock.advance(Duration.ofSeconds(1));
		assertThat(catchThrowable(() -> subject(good))).isInstanceOf(TeamRefusal.KeysUnavailable.class);

		assertThat(issuer.requests()).isEqualTo(2 * asked);
		issuer.serveKeys();
		clock.advance(Duration.ofSeconds(1));
		assertThat(subject(good)).isEqualTo("research");
	}

	@Test
	void verifyWhenIssuerHasANewKeyReadsItASecondLater() {
		subject(issuer.token("research", clock.instant()));
		ECKey next = Issuer.key("next");
		issuer.serveKeys(next);
		String token = Issuer.token(issuer.claims("trading", clock.instant()).build(), next);

		clock.advance(Duration.ofSeconds(1));

		assertThat(subject(token)).isEqualTo("trading");
	}

	private @Nullable String subject(String token) {
		JwtVerifier.Verified verified = verifier.verify(Secret.of(token), List.of()).block();
		return (verified != null) ? verified.subject() : null;
	}

}
