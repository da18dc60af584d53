package io.htgateway.ops.meter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.access.authentication.KnownShares;
import io.htgateway.access.authentication.ManyTeams;
import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.budget.share.Shares;
import io.htgateway.ops.TeamUsages;
import io.htgateway.testing.Cost;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Outcome;
import io.htgateway.traffic.RequestMeters;
import io.htgateway.upstream.CallMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metrics and the state of the gateway take a time for each team that does not grow with
 * the number of teams.
 */
class ManyTeamsTests {

	private static final List<Endpoint> ENDPOINTS = Stream.of("fills", "risk", "heatmap")
		.map((name) -> new Endpoint(name, "/api/external/" + name, Duration.ofMinutes(5), List.of()))
		.toList();

	// Four times as many teams cost four times as much if the cost is linear, and sixteen
	// times if each team looks at all others.
	@ParameterizedTest
	@MethodSource("readings")
	void costGrowsWithTheNumberOfTeamsAndNoFaster(Consumer<AnnotationConfigApplicationContext> reading) {
		long few = cost(reading, 500);
		long many = cost(reading, 2_000);

		assertThat(many).isLessThan(8 * few);
	}

	@Test
	void scrapeOfThousandTeamsTakesLessThanFifthOfSecond() {
		long cost = cost((context) -> context.getBean(PrometheusMeterRegistry.class).scrape(), 1_000);

		assertThat(Duration.ofNanos(cost)).isLessThan(Duration.ofMillis(200));
	}

	static Stream<Named<Consumer<AnnotationConfigApplicationContext>>> readings() {
		return Stream.of(
				Named.of("scrape",
						(context) -> assertThat(context.getBean(PrometheusMeterRegistry.class).scrape())
							.contains("gateway_calls_saved", "gateway_share_remaining")),
				Named.of("state", (context) -> {
					TeamUsages uses = context.getBean(TeamUsages.class);
					assertThat(context.getBean(Teams.class).names().stream().map(uses::of)).hasSizeGreaterThan(400);
				}));
	}

	private static Shares shares(Teams teams) {
		List<String> names = teams.names();
		return new Shares(names.stream().collect(Collectors.toMap((name) -> name, (name) -> 0.5 / names.size())));
	}

	private static long cost(Consumer<AnnotationConfigApplicationContext> reading, int teams) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.registerBean(PrometheusMeterRegistry.class,
					() -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
			context.registerBean(Teams.class, () -> ManyTeams.of(teams));
			context.registerBean(Shares.class, () -> shares(context.getBean(Teams.class)));
			ENDPOINTS.forEach((endpoint) -> context.registerBean(endpoint.name(), Endpoint.class, () -> endpoint));
			context.registerBean(CallBudget.class, () -> Budgets.of(500, 50_000, 1_000_000, 0.1,
					context.getBean(Shares.class), InstantSource.system()));
			context.registerBean(ConfiguredPlan.class,
					() -> new ConfiguredPlan("custom", 500L, 50_000L, 1_000_000L, 1));
			context.registerBean(InstantSource.class, InstantSource::system);
			context.register(RequestMeters.class, CallMeters.class, TeamUsages.class, SavedCalls.class,
					KnownShares.class, ShareMeters.class);
			context.refresh();
			context.getBean(SavedCalls.class).bindTo(context.getBean(MeterRegistry.class));
			context.getBean(ShareMeters.class).bindTo(context.getBean(MeterRegistry.class));
			RequestMeters requests = context.getBean(RequestMeters.class);
			context.getBean(Teams.class)
				.names()
				.forEach((team) -> ENDPOINTS
					.forEach((endpoint) -> Objects.requireNonNull(requests.find(endpoint.route()))
						.answered(team, Outcome.HIT, Duration.ZERO, 100)));
			return Cost.of(() -> reading.accept(context));
		}
	}

}
