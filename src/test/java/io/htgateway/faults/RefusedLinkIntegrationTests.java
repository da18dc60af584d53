package io.htgateway.faults;

import java.io.IOException;
import java.time.Duration;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import io.htgateway.testing.RunningGateway;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links to loopback that are refused as they are in production, though the hosts are
 * allowed: the first by its address once it is resolved, the others by their text. That
 * such a name is not connected to is proved where a port can be chosen, in the tests of
 * the address filter.
 */
@SecurityTest
@RunningGateway
@Import(FaultTestConfiguration.class)
@TestPropertySource(properties = "gateway.downloads.allowed-hosts=localhost,127.0.0.1,127.0.0.2,[::1]")
class RefusedLinkIntegrationTests {

	private static final String LINKS = """
			https://localhost/x,            the connection to the object store failed
			https://127.0.0.2/x,            the upstream gave a link that may not be followed: its host is an IP address
			https://[::1]/x,                the upstream gave a link that may not be followed: its host is an IP address
			https://[::ffff:127.0.0.1]/x,   the upstream gave a link that may not be followed: its host is not in gateway.downloads.allowed-hosts
			https://localhost:{port}/x,     the upstream gave a link that may not be followed: its port is not 443
			http://localhost/x,             the upstream gave a link that may not be followed: its scheme is not https
			""";

	private static final String BTC = Endpoint.HEATMAP.target();

	@Autowired
	private Gateway gateway;

	@Autowired
	private FaultyUpstream upstream;

	@Autowired
	private MutableClock clock;

	@BeforeEach
	void upstreamWorks() throws IOException {
		upstream.works(1, false);
	}

	@ParameterizedTest
	@CsvSource(textBlock = LINKS)
	void linkWhenKeyIsColdIsRefused(String link, String detail) throws IOException {
		upstream.fails(Scripts.redirect(link));

		assertThat(Problems.check(gateway.get(BTC), 502, Problems.OWN + "upstream-failed").path("detail").asString())
			.isEqualTo(detail);
		assertIsLoaded();
	}

	@ParameterizedTest
	@CsvSource(textBlock = LINKS)
	void linkWhenKeyIsWarmIsRefusedAndOldHeatmapServed(String link) throws IOException {
		gateway.get(BTC);
		clock.advance(Duration.ofMinutes(20));
		upstream.fails(Scripts.redirect(link));

		Gateway.Response response = gateway.get(BTC);

		assertThat(response.text()).isEqualTo(Endpoint.HEATMAP.body(1));
		assertThat(response.header("Cache-Status")).endsWith("; fwd=stale; ttl=-900; detail=stale-if-error");
		assertIsLoaded();
	}

	private void assertIsLoaded() throws IOException {
		assertThat(upstream.calls()).isEqualTo(1);
		assertThat(upstream.wasReachedElsewhere()).isFalse();
		clock.advance(Duration.ofSeconds(2));
		upstream.works(2, false);

		assertThat(gateway.get(BTC).text()).isEqualTo(Endpoint.HEATMAP.body(2));
	}

}
