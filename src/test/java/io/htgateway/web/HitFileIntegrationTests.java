package io.htgateway.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.web.hit.BodyFiles;
import io.htgateway.web.hit.Hits;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hits whose body the kernel sends from a file, observed by the open files.
 */
@GatewayTest
@EnabledOnOs(OS.LINUX)
class HitFileIntegrationTests {

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private static final String HIT = "GET " + HEATMAP + " HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final String BODY = "{\"coin\":\"BTC\",\"heatmap\":[" + "1,".repeat(100_000) + "2]}";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private BodyFiles files;

	@BeforeEach
	void bodyIsInFile() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.ok(BODY));
		try (RawClient client = RawClient.of(gateway)) {
			Awaitility.await().until(() -> {
				client.send(HIT);
				return client.read().endsWith(BODY) && open() == 1;
			});
		}
	}

	@Test
	void hitsAreTheSameBytesInOrderOfTheirRequests() {
		String head = "HEAD" + HIT.substring(3);
		try (RawClient client = RawClient.of(gateway)) {
			client.send((HIT + head + HIT).repeat(50));
			for (int time = 0; time < 50; time++) {
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + BODY);
				assertThat(client.readHead()).contains("200 OK");
				assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + BODY);
			}
		}
		assertThat(gateway.getAll(50, HEATMAP)).allSatisfy((hit) -> assertThat(hit.text()).isEqualTo(BODY));
		assertThat(open()).isEqualTo(1);
	}

	@Test
	@DirtiesContext
	void fileWhenClientsLeaveInTheMiddleIsClosedInTheEnd() {
		for (int time = 0; time < 20; time++) {
			try (RawClient client = RawClient.of(gateway)) {
				client.send(HIT.repeat(100));
				assertThat(client.readHead()).contains("200 OK");
			}
		}
		files.close();

		Awaitility.await().untilAsserted(() -> assertThat(open()).isEqualTo(0));
	}

	// Other gateways in this process have files of their own.
	private static long open() {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter(HitFileIntegrationTests::isBody).count();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	// A descriptor may be closed before it is read.
	private static boolean isBody(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().matches(".*/body[0-9a-f]+ \\(deleted\\)")
					&& Files.size(descriptor) == BODY.length();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
