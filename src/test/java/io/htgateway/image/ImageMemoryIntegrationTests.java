package io.htgateway.image;

import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.Options;
import io.htgateway.simulator.SimulatedHyperTracker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full cache fits the container's memory.
 */
@Tag("image")
class ImageMemoryIntegrationTests {

	private static final int COINS = 600;

	private static final int BODY = 512 * 1024;

	@AutoClose
	private final SimulatedHyperTracker upstream = SimulatedHyperTracker
		.start(Options.forTests(InstantSource.system()));

	@Test
	void cacheThatIsFilledSixTimesFailsNoRequest() {
		upstream.answer(Endpoint.HEATMAP,
				WireMock.temporaryRedirect(upstream.signedLink("BTC").toString()).withStatus(302));
		upstream.answer(Endpoint.DOWNLOAD,
				WireMock.okJson("{\"coin\":\"BTC\",\"heatmap\":[{\"noise\":\"" + noise() + "\"}]}"));
		try (GatewayContainer container = GatewayContainer.start(upstream, Map.of())) {
			Map<Integer, Long> statuses = IntStream.range(0, COINS)
				.mapToObj((number) -> container.gateway()
					.get("/api/external/exports/coins/C" + number + "/liquidation-heatmap")
					.status())
				.collect(Collectors.groupingBy((status) -> status, Collectors.counting()));

			assertThat(statuses).containsOnlyKeys(200).containsEntry(200, (long) COINS);
			assertThat(container.readiness()).isEqualTo(200);
			assertThat(container.inspect().getState().getOOMKilled()).isFalse();
			assertThat(container.output()).doesNotContain("OutOfMemory", " ERROR ");
		}
	}

	/**
	 * Text that compresses badly.
	 */
	private static String noise() {
		return new Random(1).ints(BODY, 'A', 'Z' + 1)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

}
