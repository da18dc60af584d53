package io.htgateway;

import java.util.Locale;
import java.util.stream.Stream;

import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * The gateway before a simulated HyperTracker in the same process, to explore it without
 * a key.
 */
final class SimulatedGatewayApplication {

	private SimulatedGatewayApplication() {
	}

	public static void main(String[] args) {
		SimulatedHyperTracker upstream = SimulatedHyperTracker.start(Options.demo());
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.addListeners((ApplicationListener<ApplicationReadyEvent>) SimulatedGatewayApplication::greet);
		application.run(Stream
			.of(Stream.of(args), open(args),
					Stream.of("--gateway.upstream.base-url=" + upstream.apiBaseUrl(),
							"--gateway.upstream.api-key=" + upstream.key(), "--gateway.budget.assume-even-spend=false",
							"--gateway.downloads.allow-insecure=true",
							"--gateway.downloads.allowed-hosts=" + upstream.storeBaseUrl().getHost()))
			.flatMap((arguments) -> arguments)
			.toArray(String[]::new));
	}

	// An open gateway is for exploring, and ends where somebody configures who may call.
	private static Stream<String> open(String... args) {
		return Stream.concat(Stream.of(args), System.getenv().keySet().stream())
			.map((name) -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""))
			.anyMatch((name) -> name.matches("gatewayaccess(open|teams|jwt).*")) ? Stream.of()
					: Stream.of("--gateway.access.open=true");
	}

	private static void greet(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
			Environment environment = context.getEnvironment();
			String url = "http://localhost:" + environment.getProperty("local.server.port");
			System.out.printf("""

					The gateway runs before a simulated HyperTracker: simulated data, no key needed.

					  Explorer    %1$s/
					  Swagger UI  %1$s/swagger-ui.html

					  curl '%1$s/api/external/fills/liquidation?limit=2'
					  curl '%1$s/api/external/5/assets/liquidation-risk?limit=3'
					  curl '%1$s/api/external/exports/coins/BTC/liquidation-heatmap'

					""", url);
		}
	}

}
