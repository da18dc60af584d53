package io.htgateway.upstream;

import java.util.List;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.CallBudget;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of tests with a gateway whose upstream is HyperTracker or another server,
 * and with what operators see of it.
 */
abstract class OtherServerFixture {

	static final String FILLS = "/api/external/fills/liquidation?limit=";

	static final String RISK = "/api/external/5/assets/liquidation-risk?limit=3";

	static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	static final String PAGE = "<!doctype html><title>Sign in</title>";

	static final String JSON = "\nContent-Type: application/json\n\n";

	static final String HTML = "\nContent-Type: text/html; charset=utf-8\n\n";

	static final String NOT_FOUND = "HTTP/1.1 404 Not Found" + HTML + PAGE;

	@Autowired
	Gateway gateway;

	@Autowired
	OtherServer server;

	@Autowired
	MutableClock clock;

	@Autowired
	CallBudget budget;

	@BeforeEach
	void resetToHyperTracker() {
		server.isHyperTracker();
	}

	static List<String> warnings(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.matches("\\d{4}-.* (WARN|ERROR) .*") && !line.contains("Open mode"))
			.toList();
	}

	final String port() {
		return server.origin().replaceFirst(".*:", "");
	}

	final long charged() {
		BudgetSnapshot snapshot = budget.snapshot();
		return snapshot.interactiveCalls() + snapshot.refreshCalls();
	}

	final String health() {
		assertThat(gateway.actuator("/health/readiness").status()).isEqualTo(200);
		assertThat(gateway.actuator("/health").status()).isEqualTo(200);
		return gateway.actuator("/health/upstream")
			.json()
			.path("components")
			.path("upstreamCalls")
			.path("details")
			.path("reason")
			.asString("");
	}

	final String gauge() {
		return gateway.actuator("/prometheus")
			.text()
			.lines()
			.filter((line) -> line.startsWith("gateway_upstream_wrong"))
			.map((line) -> line.substring(line.lastIndexOf(' ') + 1))
			.findFirst()
			.orElse("absent");
	}

}
