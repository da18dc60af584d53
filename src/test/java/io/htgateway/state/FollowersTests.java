package io.htgateway.state;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SourceUpdate;
import io.htgateway.cache.store.StoredResponse;
import io.htgateway.cache.store.Subject;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FollowersTests {

	private static final Duration TTL = Duration.ofMinutes(5);

	private static final Duration INTERVAL = Duration.ofMinutes(20);

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final StateClock state = new StateClock(clock, Dates.of(clock));

	private final Followers followers = new Followers(
			List.of(endpoint("risk", true), endpoint("heatmap", true), endpoint("fills", false)), state, clock,
			Dates.of(clock));

	@Test
	void endpointThatDoesNotFollowTheStateHasNoUpdates() {
		webhook();

		assertThat(followers.latest(key("fills"))).isSameAs(SourceUpdate.NONE);
		assertThat(followers.latest(key("unknown"))).isSameAs(SourceUpdate.NONE);
		assertThat(followers.schedule(key("risk"), clock.instant())).isNotNull();
	}

	@Test
	void responseFromBeforeAnUpdateIsOutdated() {
		Instant fetchedAt = clock.instant();
		clock.advance(TTL);
		webhook();

		assertThat(followers.latest(key("risk")).outdatedAt(fetchedAt, clock.instant())).isEqualTo(clock.instant());
		assertThat(followers.latest(key("fills")).outdatedAt(fetchedAt, clock.instant())).isNull();
	}

	@Test
	void bodyThatChangesAfterAnUpdateIsCurrentUntilTheNextOne() {
		passCheck("risk");
		StoredResponse before = load("risk", null, 1);
		clock.advance(INTERVAL);
		webhook();
		load("risk", before, 2);

		assertThat(followers.schedule(key("risk"), clock.instant())).isNotNull();
	}

	@Test
	void bodyThatDoesNotChangeWithAnUpdateIsLoadedOnceMoreAfterItsLifetime() {
		StoredResponse before = load("risk", null, 1);
		clock.advance(INTERVAL);
		webhook();
		StoredResponse unconfirmed = load("risk", before, 1);

		assertThat(followers.schedule(key("risk"), clock.instant())).isNull();
		clock.advance(TTL);
		load("risk", unconfirmed, 1);

		assertThat(followers.schedule(key("risk"), clock.instant())).isNotNull();
	}

	@Test
	void endpointThatChangesWithinThreeStatesDoesNotFollowThem(CapturedOutput log) {
		StoredResponse last = load("risk", null, 0);
		for (int number = 1; number <= 3; number++) {
			clock.advance(INTERVAL);
			webhook();
			last = load("risk", last, number * 10);
			clock.advance(TTL);
			last = load("risk", last, number * 10 + 1);
		}

		assertThat(followers.schedule(key("risk"), clock.instant())).isNull();
		assertThat(followers.schedule(key("heatmap"), clock.instant())).isNotNull();
		assertThat(log).containsOnlyOnce("Endpoint changes between state updates");
		clock.advance(Duration.ofHours(6));
		webhook();
		assertThat(followers.schedule(key("risk"), clock.instant())).isNotNull();
	}

	@Test
	void changedBodyRevealsAnUpdateThatNobodyReported() {
		StoredResponse before = load("risk", null, 1);
		clock.advance(INTERVAL);
		load("risk", before, 2);

		assertThat(newest().at()).isEqualTo(clock.instant());
		assertThat(newest().source()).isEqualTo(StateSource.BODY);
	}

	@Test
	void dateOfAFileRevealsAnUpdate() {
		Instant modified = clock.instant().minusSeconds(90);
		followers.loaded(key("heatmap"), null, response(1, modified));

		assertThat(newest().at()).isEqualTo(modified);
	}

	@Test
	void endpointThatRevealsUpdatesWithWhichOthersDoNotChangeIsNotTrusted(CapturedOutput log) {
		StoredResponse risk = load("risk", null, 0);
		StoredResponse heatmap = load("heatmap", null, 0);
		for (int number = 1; number <= 4; number++) {
			clock.advance(TTL);
			risk = load("risk", risk, number);
			heatmap = load("heatmap", heatmap, 0);
		}

		assertThat(followers.all()).filteredOn((follower) -> follower.isTrusted(clock.instant()))
			.extracting(Follower::endpoint)
			.containsExactly("heatmap");
		assertThat(log).contains("Endpoint changes between state updates").contains("endpoint=risk");
	}

	@Test
	void updatesInQuickSuccessionMakeNoResponseOutdatedThatIsYoungerThanItsLifetime() {
		webhook();
		clock.advance(Duration.ofMinutes(8));
		webhook();
		Instant fetchedAt = clock.instant();
		clock.advance(Duration.ofMinutes(3));
		webhook();

		assertThat(followers.latest(key("risk")).outdatedAt(fetchedAt, clock.instant())).isNull();
		clock.advance(Duration.ofMinutes(3));
		assertThat(followers.latest(key("risk")).outdatedAt(fetchedAt, clock.instant())).isNotNull();
	}

	@Test
	void stateIsWantedAfterARequestForAnEndpointThatFollowsIt() {
		assertThat(followers.isWanted(Duration.ofHours(1), clock.instant())).isFalse();
		followers.schedule(key("fills"), clock.instant());
		assertThat(followers.isWanted(Duration.ofHours(1), clock.instant())).isFalse();
		followers.schedule(key("risk"), clock.instant());
		assertThat(followers.isWanted(Duration.ofHours(1), clock.instant())).isTrue();
		clock.advance(Duration.ofHours(1));
		assertThat(followers.isWanted(Duration.ofHours(1), clock.instant())).isFalse();
	}

	// The first change after an update is followed by a check.
	private void passCheck(String endpoint) {
		StoredResponse before = load(endpoint, null, 0);
		clock.advance(INTERVAL);
		webhook();
		StoredResponse checked = load(endpoint, before, 1);
		clock.advance(TTL);
		load(endpoint, checked, 1);
	}

	private void webhook() {
		state.report(StateUpdate.of(clock.instant(), StateSource.WEBHOOK));
	}

	private Timeline newest() {
		return Objects.requireNonNull(state.newest());
	}

	private StoredResponse load(String endpoint, @Nullable StoredResponse previous, int body) {
		CachedResponse response = response(body, null);
		followers.loaded(key(endpoint), previous, response);
		return new StoredResponse(response, TTL, TTL);
	}

	private CachedResponse response(int body, @Nullable Instant lastModified) {
		return CachedResponse.of(new byte[] { (byte) body }, "x/y",
				new Origin(clock.instant(), Duration.ZERO, null, lastModified));
	}

	private static Endpoint endpoint(String name, boolean followsState) {
		return new Endpoint(name, "/" + name, TTL, TTL, TTL, List.of(), followsState);
	}

	private static CacheKey key(String endpoint) {
		return new Key(endpoint);
	}

	private record Key(String endpoint) implements CacheKey {

		@Override
		public String text() {
			return endpoint;
		}

		@Override
		public Subject subject() {
			return new Subject(endpoint, Map.of());
		}

	}

}
