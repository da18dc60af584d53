package io.htgateway.access.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.access.jwt.Issuer;
import io.htgateway.access.jwt.JwtVerifier;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of replacing {@link Teams}, and of the {@link Authenticator} that uses them.
 */
class ReplacedTeamsTests {

	private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4711);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Teams teams = new Teams(List.of(entry("research", "old", 3)), false, clock);

	private final Authenticator authenticator = new Authenticator(teams, null, clock);

	@Test
	void removedTokenIsRefusedAtOnceAndTheNewOneAccepted() {
		authenticate("old");
		Object before = authenticator.edition();

		teams.prepare(List.of(entry("research", "new", 3))).run();

		assertThat(authenticator.known(Secret.of("old"))).isNull();
		assertThat(catchThrowableOfType(TeamRefusal.Unauthenticated.class, () -> authenticate("old"))).isNotNull();
		assertThat(authenticate("new").name()).isEqualTo("research");
		assertThat(authenticator.edition()).isNotSameAs(before);
	}

	@Test
	void tokenMovedToAnotherTeamBelongsToItAtOnce() {
		authenticate("old");

		teams.prepare(List.of(entry("trading", "old", 0))).run();

		assertThat(authenticate("old").name()).isEqualTo("trading");
	}

	@Test
	void unchangedLimitKeepsItsRemainingRequests() {
		Team before = authenticate("old");
		assertThat(before.tryAdmit()).isTrue();
		assertThat(before.tryAdmit()).isTrue();

		teams.prepare(List.of(entry("trading", "t", 3), entry("research", "new", 3))).run();
		Team after = authenticate("new");

		assertThat(after.tryAdmit()).isTrue();
		assertThat(after.tryAdmit()).isFalse();
		assertThat(before.tryAdmit()).isFalse();
		assertThat(authenticate("t").limit()).extracting(RequestLimit::left).isEqualTo(3L);
	}

	// Creating meters for new teams may fail, so it happens before the teams are
	// replaced.
	@Test
	void failedListenerLeavesTheTeamsUnchanged() {
		teams.forEachName((name) -> {
			if (name.equals("trading")) {
				throw new IllegalStateException();
			}
		});

		assertThat(catchThrowable(() -> teams.prepare(List.of(entry("trading", "new", 3))).run()))
			.isInstanceOf(IllegalStateException.class);
		assertThat(teams.names()).containsExactly("research");
		assertThat(authenticate("old").name()).isEqualTo("research");
	}

	@Test
	void changedLimitStartsFull() {
		assertThat(authenticate("old").tryAdmit()).isTrue();

		teams.prepare(List.of(entry("research", "old", 2))).run();
		assertThat(authenticate("old").limit()).extracting(RequestLimit::left).isEqualTo(2L);

		teams.prepare(List.of(entry("research", "old", 0))).run();
		assertThat(authenticate("old").limit()).isNull();
	}

	@Test
	void listenersGetNamesAtOnceAndOnChanges() {
		List<String> names = new ArrayList<>();
		teams.forEachName(names::add);
		assertThat(names).containsExactly("research");

		teams.prepare(List.of(entry("lab", "old", 0))).run();

		assertThat(names).containsExactly("research", "lab");
		assertThat(teams.names()).containsExactly("lab");
	}

	@Test
	void tokenVerifiedWhileTeamsAreReplacedIsNotRemembered() {
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Void> callers = CompletableFuture.runAsync(() -> {
			while (!over.get()) {
				authenticator.authenticate(Secret.of("old"), CLIENT).onErrorComplete().block();
			}
		});

		for (int change = 0; change < 200; change++) {
			teams.prepare(List.of(entry("research", "old", 0))).run();
			while (authenticator.known(Secret.of("old")) == null) {
				Thread.onSpinWait();
			}
			teams.prepare(List.of(entry("research", "new", 0))).run();
			assertThat(authenticator.known(Secret.of("old"))).isNull();
		}

		over.set(true);
		callers.join();
		assertThat(authenticator.known(Secret.of("old"))).isNull();
	}

	@Test
	void jwtVerifiedWhileItsTeamIsRemovedIsNotOfThatTeam() {
		try (Issuer issuer = new Issuer()) {
			TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub");
			Teams withJwts = new Teams(List.of(jwtTeam("research")), true, clock);
			WebClient keys = WebClient.builder().filter((request, next) -> {
				withJwts.prepare(List.of(jwtTeam("trading"))).run();
				return next.exchange(request);
			}).build();
			Authenticator jwts = new Authenticator(withJwts, new JwtVerifier(jwt, keys, clock), clock);
			Secret token = Secret.of(issuer.token("research", clock.instant()));

			assertThat(catchThrowable(() -> jwts.authenticate(token, CLIENT).block()))
				.isInstanceOf(TeamRefusal.UnknownTeam.class);
			assertThat(jwts.known(token)).isNull();
		}
	}

	@Test
	void verifiedJwtWaitsForNoVerificationWhenTeamsAreReplaced() {
		try (Issuer issuer = new Issuer()) {
			TeamsProperties.Jwt jwt = new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub");
			Teams withJwts = new Teams(List.of(jwtTeam("research")), true, clock);
			Authenticator jwts = new Authenticator(withJwts, new JwtVerifier(jwt, WebClient.create(), clock), clock);
			Secret token = Secret.of(issuer.token("research", clock.instant()));
			assertThat(jwts.authenticate(token, CLIENT).block()).extracting(Team::name).isEqualTo("research");

			withJwts.prepare(List.of(jwtTeam("trading"), jwtTeam(Team.OTHER))).run();

			assertThat(jwts.authenticate(token, CLIENT).toFuture())
				.isCompletedWithValueMatching((team) -> team.name().equals("other"));
			clock.advance(Duration.ofMinutes(5));
			assertThat(jwts.known(token)).isNull();
		}
	}

	private Team authenticate(@Nullable String token) {
		return Objects
			.requireNonNull(authenticator.authenticate((token != null) ? Secret.of(token) : null, CLIENT).block());
	}

	private static TeamsProperties.Entry jwtTeam(String name) {
		return new TeamsProperties.Entry(name, List.of(), List.of(), 0, 0, null, null, null, List.of());
	}

	private static TeamsProperties.Entry entry(String name, String token, long perMinute) {
		return new TeamsProperties.Entry(name, List.of(TokenHash.of(Secret.of(token)).hex()), List.of(), perMinute, 0,
				null, null, null, List.of());
	}

}
