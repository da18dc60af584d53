package io.htgateway.access.jwt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.htgateway.access.TeamRefusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KeyRequest}.
 */
class KeyRequestTests {

	private static final ResponseEntity<String> KEYS = ResponseEntity.ok("keys");

	private final Sinks.One<ResponseEntity<String>> issuer = Sinks.one();

	private final KeyRequest request = new KeyRequest(issuer.asMono());

	@Test
	void floodOfOneClaimantTakesNoPlaceOfAnother() {
		List<CompletableFuture<@Nullable ResponseEntity<String>>> flood = Stream
			.generate(() -> wait("research", "10.0.0.1"))
			.limit(2 * KeyRequest.MAX_WAITING)
			.toList();
		CompletableFuture<@Nullable ResponseEntity<String>> other = wait("trading", "10.0.0.1");
		CompletableFuture<@Nullable ResponseEntity<String>> sameTeam = wait("research", "10.0.0.2");

		issuer.tryEmitValue(KEYS).orThrow();

		assertThat(other).isCompletedWithValue(KEYS);
		assertThat(sameTeam).isCompletedWithValue(KEYS);
		assertThat(flood.stream().filter((waiting) -> !waiting.isCompletedExceptionally()))
			.hasSize(KeyRequest.MAX_WAITING - 2);
		assertThat(flood.getLast()).isCompletedExceptionally();
		assertThat(flood.getLast().exceptionNow()).isInstanceOf(TeamRefusal.TooManyJwts.class);
	}

	@Test
	void claimantsTakeTurns() {
		List<String> order = new ArrayList<>();
		for (String team : List.of("research", "research", "research", "trading")) {
			CompletableFuture<?> _ = wait(team, "10.0.0.1").thenAccept((keys) -> order.add(team));
		}

		issuer.tryEmitValue(KEYS).orThrow();

		assertThat(order).containsExactly("research", "trading", "research", "research");
	}

	@Test
	void responseIsKnownToThoseThatComeLater() {
		CompletableFuture<@Nullable ResponseEntity<String>> first = wait("research", "10.0.0.1");
		first.cancel(false);
		issuer.tryEmitValue(KEYS).orThrow();

		assertThat(wait("trading", "10.0.0.1")).isCompletedWithValue(KEYS);
	}

	@Test
	void failureReachesAllThatWait() {
		List<CompletableFuture<@Nullable ResponseEntity<String>>> waiting = List.of(wait("research", "10.0.0.1"),
				wait("trading", "10.0.0.1"));
		issuer.tryEmitError(new IllegalStateException("down")).orThrow();

		assertThat(waiting).allSatisfy((each) -> assertThat(each.exceptionNow()).hasMessage("down"));
	}

	private CompletableFuture<@Nullable ResponseEntity<String>> wait(String... names) {
		return request.response().contextWrite(new KeyRequest.Claimant(List.of(names))::in).toFuture();
	}

}
