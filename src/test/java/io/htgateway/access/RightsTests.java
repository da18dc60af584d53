package io.htgateway.access;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link Rights}.
 */
class RightsTests {

	private static final Team DESK = team(List.of("BTC", "kPEPE"), List.of("5"));

	@Test
	void teamWithoutListsMayReadEverything() {
		Team team = team(null, null);

		assertThat(List.of(Extent.NONE, new Extent.All(null), new Extent.Undeclared("a"), named("ETH")))
			.allSatisfy((extent) -> assertThat(team.mayRead(new Scope("risk", extent, extent))).isTrue());
	}

	@Test
	void teamWithListsMayReadOnlyWhatBothAllow() {
		assertThat(DESK.mayRead(new Scope("a", named("BTC"), named("5")))).isTrue();
		assertThat(DESK.mayRead(new Scope("a", Extent.NONE, Extent.NONE))).isTrue();
		assertThat(Arrays.asList(new Scope("a", named("BTC"), named("6")), new Scope("a", named("ETH"), named("5")),
				new Scope("a", named("BTC", "ETH"), named("5")), new Scope("a", new Extent.All("coin"), named("5")),
				new Scope("a", named("BTC"), new Extent.All(null)),
				new Scope("a", new Extent.Undeclared("b"), Extent.NONE)))
			.allSatisfy((scope) -> {
				assertThat(DESK.mayRead(scope)).isFalse();
				assertThat(catchThrowableOfType(TeamRefusal.DataNotAllowed.class, () -> DESK.requireRead(scope)))
					.isNotNull();
			});
	}

	@Test
	void caseMattersUnlessTheRequestIgnoresIt() {
		assertThat(DESK.mayRead(coins(named("KPEPE")))).isFalse();
		assertThat(DESK.mayRead(coins(new Extent.Named(List.of("KPEPE"), true)))).isTrue();
		assertThat(DESK.mayRead(coins(new Extent.Named(List.of("kpepe", "btc"), true)))).isTrue();
		assertThat(DESK.mayRead(coins(new Extent.Named(List.of("eth"), true)))).isFalse();
		// The Kelvin sign is K in lower case only by the rules of Unicode.
		assertThat(DESK.mayRead(coins(named("\u212APEPE")))).isFalse();
	}

	@Test
	void messageShowsTheFirstTwentyAllowedNamesAndTheBeginningOfALongOne() {
		Team team = team(IntStream.range(0, 300).mapToObj((number) -> "C" + number).toList(), null);

		assertThat(catchThrowableOfType(TeamRefusal.DataNotAllowed.class,
				() -> team.requireRead(coins(named("X".repeat(2_000))))))
			.hasMessage(
					"the team desk may not read the coin %s...; it may read C0, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10,"
						.formatted("X".repeat(60))
							+ " C11, C12, C13, C14, C15, C16, C17, C18, C19 and 280 more; the gateway's operators can add it to the"
							+ " team's coins");
	}

	private static Scope coins(Extent coins) {
		return new Scope("fills", coins, Extent.NONE);
	}

	private static Extent named(String... names) {
		return new Extent.Named(List.of(names), false);
	}

	private static Team team(@Nullable List<String> coins, @Nullable List<String> segments) {
		return new Team("desk", null, Rights.of(null, coins, segments));
	}

}
