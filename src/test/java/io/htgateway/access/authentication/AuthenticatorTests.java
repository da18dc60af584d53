package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.access.jwt.Issuer;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link Authenticator} with JWTs of a local issuer and with team tokens.
 */
class AuthenticatorTests {

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);

	private static final String ACCOUNT = "system:serviceaccount:research:notebook";

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Issuer issuer = new Issuer();

	private final Authenticator authenticator = authenticator(URI.create(issuer.uri()), "sub");

	@AfterEach
	void stop() {
		authenticator.close();
		issuer.close();
	}

	@ParameterizedTest
	@CsvSource({ "research, research", ACCOUNT + ", research", "trading, trading" })
	void jwtIsOfTheTeamThatItNames(String subject, String team) {
		assertThat(team(issuer.token(subject, clock.instant()))).isEqualTo(team);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nobody", "other", "anonymous", "system:serviceaccount:research:other" })
	void validJwtThatNamesNoTeamIsRefused(String subject) {
		Secret token = Secret.of(issuer.token(subject, clock.instant()));
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThat(catchThrowable(() -> authenticator.authenticate(token, CLIENT).block()))
				.isInstanceOf(TeamRefusal.UnknownTeam.class);
			assertThat(authenticator.known(token)).isNull();
			// The second attempt needs no verification.
			issuer.serveKeys(Issuer.key("another"));
			clock.advance(Issuer.LIFETIME);
		}
		assertThat(issuer.keyRequests()).isZero();
	}

	@Test
	void withoutTeamsEachValidJwtIsOfTheTeamOther() {
		TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub");
		try (Authenticator jwtsOnly = new Authenticator(new Teams(List.of(), true, clock),
				new JwtVerifier(jwt, WebClient.create(), clock), clock)) {
			assertThat(authenticate(jwtsOnly, issuer.token("nobody", clock.instant()))).isEqualTo("other");
		}
	}

	@Test
	void teamTokenIsAcceptedBesideJwts() {
		assertThat(team("trading-token")).isEqualTo("trading");
		assertThat(issuer.keyRequests()).isZero();
	}

	@Test
	void jwtOfAnotherAudienceIsRefused() {
		refused(issuer.token(claims().audience("someone else").build()));
	}

	@Test
	void jwtOfAnotherIssuerIsRefused() {
		refused(issuer.token(claims().issuer("https://elsewhere.example").build()));
	}

	@Test
	void jwtWithoutClaimOfTheTeamIsRefused() {
		refused(issuer.token(claims().subject(null).build()));
	}

	@Test
	void jwtOutsideItsTimeIsRefused() {
		refused(issuer.token(claims().expirationTime(Date.from(clock.instant().minusSeconds(120))).build()));
		refused(issuer.token(claims().notBeforeTime(Date.from(clock.instant().plusSeconds(120))).build()));
	}

	@Test
	void jwtWithoutExpiryIsRefused() {
		refused(issuer.token(claims().expirationTime(null).build()));
	}

	@Test
	void jwtSignedByAnotherKeyIsRefused() {
		refused(Issuer.token(claims().build(), Issuer.key("current")));
		refused(Issuer.token(claims().build(), Issuer.key("unknown")));
	}

	@Test
	void jwtWithoutSignatureIsRefused() {
		refused(new PlainJWT(claims().build()).serialize());
		String good = issuer.token("research", clock.instant());
		refused(good.substring(0, good.lastIndexOf('.') + 1));
	}

	// Signs with the public key as the secret of a MAC.
	@Test
	void jwtSignedWithThePublicKeyAsSecretIsRefused() throws Exception {
		JWSObject forged = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("current").build(),
				new Payload(claims().build().toJSONObject()));
		forged.sign(new MACSigner("a public key, which is long enough for it"));

		refused(forged.serialize());
	}

	@ParameterizedTest
	@CsvSource({ "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "a.b.c.d" })
	void garbageIsRefused(String token) {
		refused(token);
	}

	@Test
	void validJwtIsRememberedForFiveMinutesAndThenVerifiedAgain() {
		String token = issuer.token("research", clock.instant());
		assertThat(authenticator.known(Secret.of(token))).isNull();
		team(token);

		clock.advance(Duration.ofMinutes(5).minusMillis(1));
		assertThat(authenticator.known(Secret.of(token))).extracting(Team::name).isEqualTo("research");
		clock.advance(Duration.ofMillis(1));
		assertThat(authenticator.known(Secret.of(token))).isNull();
		assertThat(team(token)).isEqualTo("research");
		assertThat(issuer.keyRequests()).isEqualTo(1);
	}

	@Test
	void validJwtIsNotRememberedBeyondItsExpiry() {
		String token = issuer.token(claims().expirationTime(Date.from(clock.instant().plusSeconds(60))).build());
		team(token);

		clock.advance(Duration.ofSeconds(60));

		assertThat(authenticator.known(Secret.of(token))).isNull();
	}

	@Test
	void jwtWhenKeysAreUnavailableIsNotRejectedAndVerifiedOnesStayValid() {
		String known = issuer.token("research", clock.instant());
		Authenticator fresh = authenticator(URI.create(issuer.uri()), "sub");
		issuer.serveNothing();

		TeamRefusal.KeysUnavailable refusal = catchThrowableOfType(TeamRefusal.KeysUnavailable.class,
				() -> authenticate(fresh, known));
		assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(5));

		issuer.serveKeys();
		clock.advance(Duration.ofSeconds(1));
		assertThat(authenticate(fresh, known)).isEqualTo("research");
		issuer.serveNothing();
		assertThat(authenticate(fresh, known)).isEqualTo("research");
		assertThat(authenticate(fresh, "trading-token")).isEqualTo("trading");
	}

	@Test
	void keysAreReadFromTheGivenAddressWithoutDiscovery() {
		TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(null, URI.create(issuer.uri() + "/keys"), Issuer.AUDIENCE,
				"team");
		Authenticator direct = authenticator(jwt);

		assertThat(authenticate(direct, issuer.token(claims().claim("team", "trading").build()))).isEqualTo("trading");
	}

	@Test
	void plausibleJwtIsVerifiedAfterTooManyFailuresOfItsAddress() {
		failTooOften();

		assertThat(team(issuer.token("research", clock.instant()))).isEqualTo("research");
		assertThat(team(issuer.token("trading", clock.instant()))).isEqualTo("trading");
		assertThat(team("trading-token")).isEqualTo("trading");
	}

	@Test
	void implausibleJwtIsNotCheckedAfterTooManyFailuresOfItsAddress() {
		failTooOften();
		Date past = Date.from(clock.instant().minusSeconds(120));
		Date future = Date.from(clock.instant().plusSeconds(120));

		for (String token : List.of("a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.", "wrong",
				new PlainJWT(claims().build()).serialize(), issuer.token(claims().audience("someone else").build()),
				issuer.token(claims().issuer("https://elsewhere.example").build()),
				issuer.token(claims().subject(null).build()), issuer.token(claims().expirationTime(past).build()),
				issuer.token(claims().expirationTime(null).build()),
				issuer.token(claims().notBeforeTime(future).build()))) {
			tooMany(token);
		}
		tooMany(null);
		assertThat(issuer.keyRequests()).isZero();
	}

	@Test
	void validJwtsNeverCountAsFailures() {
		for (int caller = 0; caller < 3 * FailedAttempts.PER_MINUTE; caller++) {
			Secret token = Secret.of(issuer.token("caller" + caller, clock.instant()));
			assertThat(catchThrowable(() -> authenticator.authenticate(token, CLIENT).block()))
				.isInstanceOf(TeamRefusal.UnknownTeam.class);
		}

		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			refused("wrong");
		}
	}

	@Test
	void concurrentBadTokensAreBoundedToo() {
		Authenticator closed = authenticator(
				new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub"));
		String forged = Issuer.token(claims().issuer("https://elsewhere.example").build(), Issuer.key("current"));

		List<Class<?>> refusals = Flux.range(0, 200)
			.flatMap((number) -> closed.authenticate(Secret.of(forged), CLIENT)
				.<Class<?>>map(Object::getClass)
				.onErrorResume((refusal) -> Mono.just(refusal.getClass())), 200)
			.collectList()
			.blockOptional()
			.orElseThrow();

		assertThat(refusals).filteredOn(TeamRefusal.Unauthenticated.class::equals).hasSize(FailedAttempts.PER_MINUTE);
		assertThat(refusals).filteredOn(TeamRefusal.TooManyFailures.class::equals)
			.hasSize(200 - FailedAttempts.PER_MINUTE);
	}

	@Test
	void jwtWhenKeysAreUnavailableDoesNotCountAsFailure() {
		String token = issuer.token("research", clock.instant());
		issuer.serveNothing();
		for (int attempt = 0; attempt < 2 * FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(catchThrowableOfType(TeamRefusal.KeysUnavailable.class, () -> team(token))).isNotNull();
		}

		refused("wrong");
	}

	@Test
	void expiredJwtWithinClockSkewIsVerifiedForEachRequest() {
		String token = issuer.token(claims().issueTime(Date.from(clock.instant().minusSeconds(600)))
			.expirationTime(Date.from(clock.instant().minusSeconds(5)))
			.build());
		for (int attempt = 0; attempt < 2 * FailedAttempts.PER_MINUTE; attempt++) {
			assertThat(team(token)).isEqualTo("research");
			assertThat(authenticator.known(Secret.of(token))).isNull();
		}
	}

	private void failTooOften() {
		for (int attempt = 0; attempt < FailedAttempts.PER_MINUTE; attempt++) {
			refused("wrong");
		}
	}

	private void tooMany(@Nullable String token) {
		assertThat(catchThrowableOfType(TeamRefusal.TooManyFailures.class, () -> team(token))).as(token).isNotNull();
	}

	private void refused(@Nullable String token) {
		assertThat(catchThrowableOfType(TeamRefusal.Unauthenticated.class, () -> team(token))).isNotNull();
		assertThat(authenticator.known(Secret.of(Objects.requireNonNull(token)))).isNull();
	}

	private JWTClaimsSet.Builder claims() {
		return issuer.claims("research", clock.instant());
	}

	private String team(@Nullable String token) {
		return authenticate(authenticator, token);
	}

	private static String authenticate(Authenticator authenticator, @Nullable String token) {
		return Objects
			.requireNonNull(authenticator.authenticate((token != null) ? Secret.of(token) : null, CLIENT).block())
			.name();
	}

	private Authenticator authenticator(URI issuerUri, String claim) {
		return authenticator(new TeamsProperties.Jwt(issuerUri, null, Issuer.AUDIENCE, claim));
	}

	private Authenticator authenticator(TeamsProperties.Jwt jwt) {
		TeamsProperties properties = new TeamsProperties(List.of(
				new TeamsProperties.Entry("research", List.of(), List.of(ACCOUNT), 0, 0, null, null, null, List.of()),
				new TeamsProperties.Entry("trading", List.of(TokenHash.of(Secret.of("trading-token")).hex()), List.of(),
						0, 0, null, null, null, List.of())),
				null, jwt, false, false);
		return new Authenticator(new Teams(properties.teams(), true, clock),
				new JwtVerifier(jwt, WebClient.create(), clock), clock);
	}

}
