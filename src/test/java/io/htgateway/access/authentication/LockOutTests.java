package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import com.nimbusds.jose.jwk.ECKey;
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
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Bad tokens of one caller do not keep out a JWT that was not verified before, of another
 * caller with the same address.
 */
class LockOutTests {

	private static final InetSocketAddress INGRESS = address(1);

	private static final int MANY = 100;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Issuer issuer = new Issuer();

	private final Authenticator authenticator = authenticator();

	@AfterEach
	void stop() {
		authenticator.close();
		issuer.close();
	}

	@Test
	void unknownTokensKeepNobodyOut() {
		assertThat(attempt(MANY, (number) -> "wrong" + number)).containsOnly(Map.entry("Unauthenticated", 30L),
				Map.entry("TooManyFailures", MANY - 30L));

		verifiesTheOthers();
	}

	@Test
	void forgedJwtsOfAKnownKeyThatClaimTheSameTeamKeepNobodyOut() {
		List<String> forged = forged(Issuer.key("current"), "trading");

		assertThat(attempt(MANY, (number) -> forged.get(number % forged.size())))
			.containsOnly(Map.entry("Unauthenticated", (long) MANY));

		verifiesTheOthers();
	}

	@Test
	void forgedJwtsOfUnknownKeysKeepNobodyOut() {
		verifiesTheOthers();
		List<String> forged = forged(Issuer.key("unknown"), "trading");

		assertThat(attempt(MANY, (number) -> forged.get(number % forged.size())))
			.containsOnly(Map.entry("Unauthenticated", (long) MANY));

		verifiesTheOthers();
		assertThat(issuer.keyRequests()).isOne();
	}

	@Test
	void forgedJwtsFromManyAddressesKeepNobodyOut() {
		String forged = forged(Issuer.key("current"), "trading").getFirst();
		for (int address = 2; address < 7; address++) {
			attempt(address(address), MANY, (number) -> forged);
		}
		attempt(30, (number) -> forged);

		verifiesTheOthers();
	}

	// A JWT of an unknown key waits for the issuer, one of a known key does not.
	@Test
	void jwtsThatWaitForTheIssuerKeepNobodyOut() {
		verifiesTheOthers();
		issuer.serveKeysLate();
		clock.advance(Issuer.LIFETIME);
		String forged = forged(Issuer.key("unknown"), "trading").getFirst();
		Disposable waiting = Flux.range(0, MANY)
			.flatMap((number) -> authenticator.authenticate(Secret.of(forged), INGRESS).onErrorComplete(), MANY)
			.subscribe();

		verifiesTheOthers();
		assertThat(waiting.isDisposed()).isFalse();
		waiting.dispose();
	}

	@Test
	void jwtsOfUnknownKeysLeaveAPlaceToOneOfANewKey() {
		AtomicReference<Mono<Void>> gate = new AtomicReference<>(Mono.empty());
		Authenticator held = authenticator(WebClient.builder()
			.filter((request, next) -> gate.get().then(Mono.defer(() -> next.exchange(request))))
			.build());
		held.authenticate(Secret.of(issuer.token("trading", clock.instant())), INGRESS).block();
		Sinks.Empty<Void> opened = Sinks.empty();
		gate.set(opened.asMono());
		ECKey rotatedKey = Issuer.key("new");
		issuer.serveKeys(rotatedKey);
		clock.advance(Issuer.LIFETIME);
		Secret forged = Secret.of(forged(Issuer.key("unknown"), "trading").getFirst());
		for (int batch = 1; batch <= 4; batch++) {
			Flux.range(0, 400)
				.flatMap((number) -> held.authenticate(forged, INGRESS).onErrorComplete(), 400)
				.subscribe();
			// This one comes after the others, and waits for no key.
			String known = issuer.token(issuer.claims("trading", clock.instant()).jwtID("" + batch).build());
			assertThat(held.authenticate(Secret.of(known), INGRESS).block()).isNotNull();
		}

		CompletableFuture<@Nullable Team> rotated = held
			.authenticate(Secret.of(Issuer.token(issuer.claims("research", clock.instant()).build(), rotatedKey)),
					INGRESS)
			.toFuture();
		opened.tryEmitEmpty().orThrow();

		assertThat(rotated.join()).extracting(Team::name).isEqualTo("research");
		held.close();
	}

	@Test
	void jwtsWhileKeysAreUnavailableKeepNobodyOutAfterwards() {
		String forged = forged(Issuer.key("current"), "trading").getFirst();
		issuer.serveNothing();
		assertThat(attempt(MANY, (number) -> forged)).containsOnlyKeys("KeysUnavailable");

		issuer.serveKeys();
		clock.advance(Issuer.LIFETIME);

		verifiesTheOthers();
	}

	@Test
	void forgedJwtsDoNotKeepOutAJwtThatIsForgotten() {
		String known = issuer.token("research", clock.instant());
		assertThat(team(known)).isEqualTo("research");
		clock.advance(Duration.ofMinutes(5));
		assertThat(authenticator.known(Secret.of(known))).isNull();
		String forged = forged(Issuer.key("current"), "research").getFirst();
		attempt(MANY, (number) -> forged);

		assertThat(team(known)).isEqualTo("research");
	}

	// The memory of addresses has 10,000 entries.
	@Test
	void unknownTokensFromManyNetworksKeepNobodyOut() {
		for (int network = 0; network < 11_000; network++) {
			attempt(new InetSocketAddress(InetAddress.ofLiteral("2001:db8:0:%x::1".formatted(network)), 4711), 1,
					(number) -> "wrong");
		}

		verifiesTheOthers();
	}

	private void verifiesTheOthers() {
		for (String subject : List.of("research", "trading", "nobody")) {
			assertThat(team(issuer.token(subject, clock.instant())))
				.isEqualTo(subject.equals("nobody") ? Team.OTHER : subject);
		}
		assertThat(team("trading-token")).isEqualTo("trading");
		assertThat(catchThrowableOfType(TeamRefusal.class, () -> team("wrong"))).isNotNull();
	}

	private List<String> forged(ECKey key, String subject) {
		return Flux.range(0, 50)
			.map((number) -> Issuer.token(issuer.claims(subject, clock.instant()).jwtID("" + number).build(), key))
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	private Map<String, Long> attempt(int times, IntFunction<String> token) {
		return attempt(INGRESS, times, token);
	}

	private Map<String, Long> attempt(InetSocketAddress address, int times, IntFunction<String> token) {
		return Flux.range(0, times)
			.flatMap((number) -> authenticator.authenticate(Secret.of(token.apply(number)), address)
				.map(Team::name)
				.onErrorResume((refusal) -> Mono.just(refusal.getClass().getSimpleName())), 100)
			.collect(Collectors.groupingBy((outcome) -> outcome, Collectors.counting()))
			.blockOptional()
			.orElseThrow();
	}

	private String team(String token) {
		return Objects.requireNonNull(authenticator.authenticate(Secret.of(token), INGRESS).block()).name();
	}

	private static InetSocketAddress address(int number) {
		return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + number), 4711);
	}

	private Authenticator authenticator() {
		return authenticator(WebClient.create());
	}

	private Authenticator authenticator(WebClient keys) {
		TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub");
		TeamsProperties properties = new TeamsProperties(
				List.of(new TeamsProperties.Entry("research", List.of(), List.of(), 0, 0, null, null, null, List.of()),
						new TeamsProperties.Entry(Team.OTHER, List.of(), List.of(), 0, 0, null, null, null, List.of()),
						new TeamsProperties.Entry("trading", List.of(TokenHash.of(Secret.of("trading-token")).hex()),
								List.of(), 0, 0, null, null, null, List.of())),
				null, jwt, false, false);
		return new Authenticator(new Teams(properties.teams(), true, clock), new JwtVerifier(jwt, keys, clock), clock);
	}

}
