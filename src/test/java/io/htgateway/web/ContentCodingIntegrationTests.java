package io.htgateway.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.cache.store.Representation;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Ways;
import io.htgateway.web.hit.Replays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gzip variants of responses.
 */
@GatewayTest
class ContentCodingIntegrationTests {

	private static final String RISK = "/api/external/8/assets/liquidation-risk?limit=50";

	private static final String HEATMAP = "/api/external/exports/coins/SOL/liquidation-heatmap";

	private static final String SAME = "{\"items\":[1,2],\"heatmap\":[1,2],\"more\":\"%s\"}"
		.formatted("same ".repeat(500));

	@Autowired
	private Gateway gateway;

	@Autowired
	private Replays replays;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private Ways ways;

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void variantHasTagAndLengthOfItsOwnAndSameContent(String target) {
		Gateway.Response identity = gateway.get(target);
		clock.advance(Duration.ofSeconds(3));

		Gateway.Response gzip = ways.get(target, "Accept-Encoding", "gzip");

		assertThat(gunzip(gzip.body())).isEqualTo(identity.body());
		assertThat(gzip.body()).hasSizeLessThan(identity.body().length / 2);
		assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(gzip.header("Content-Length")).isEqualTo(Integer.toString(gzip.body().length));
		assertThat(gzip.header("Content-Type")).isEqualTo(identity.header("Content-Type"));
		assertThat(gzip.header("ETag")).isNotEqualTo(identity.header("ETag")).startsWith("\"");
		assertThat(gzip.header("Age")).isEqualTo("3");
		assertThat(List.of(identity, gzip))
			.allSatisfy((response) -> assertThat(response.header("Vary")).isEqualTo("Accept-Encoding"));
		assertThat(identity.headers().containsHeader("Content-Encoding")).isFalse();
		assertThat(calls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void variantHasSameBytesWheneverAndHoweverItIsRequested(String target) {
		Gateway.Response first = gateway.get(target, "Accept-Encoding", "gzip");
		Gateway.Response identity = ways.get(target);
		Gateway.Response second = ways.get(target, "Accept-Encoding", "br, gzip;q=0.5");

		assertThat(second.body()).isEqualTo(first.body());
		assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
		assertThat(identity.headers().containsHeader("Content-Encoding")).isFalse();
		assertThat(ways.get(target).body()).isEqualTo(identity.body());
		assertThat(calls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void variantIsMadeWhenFirstRequestedAndStored(String target) {
		gateway.get(target);
		assertThat(variant(target)).isNull();

		gateway.get(target, "Accept-Encoding", "gzip");
		Representation made = variant(target);

		ways.get(target, "Accept-Encoding", "gzip");
		ways.get(target, "Accept-Encoding", "identity");
		assertThat(variant(target)).isNotNull().isSameAs(made);
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void variantWhenReloadedBytesAreTheSameIsKept(String target) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(SAME));
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson(SAME));
		Gateway.Response old = gateway.get(target, "Accept-Encoding", "gzip");
		Representation made = variant(target);
		clock.advance(Duration.ofMinutes(16));

		Gateway.Response reloaded = gateway.get(target);

		assertThat(calls()).isEqualTo(2);
		assertThat(variant(target)).isNotNull().isSameAs(made);
		assertThat(ways.get(target, "Accept-Encoding", "gzip").body()).isEqualTo(old.body());
		assertThat(gunzip(old.body())).isEqualTo(reloaded.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void variantWhenReloadedBytesAreOthersIsMadeOfThem(String target) {
		upstream.answer(Endpoint.RISK, WireMock.okJson(SAME));
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson(SAME));
		gateway.get(target, "Accept-Encoding", "gzip");
		upstream.answer(Endpoint.RISK, WireMock.okJson(SAME.replace("[1,", "[2,")));
		upstream.answer(Endpoint.HEATMAP, WireMock.okJson(SAME.replace("[1,", "[2,")));
		clock.advance(Duration.ofMinutes(16));

		Gateway.Response reloaded = gateway.get(target);

		assertThat(calls()).isEqualTo(2);
		assertThat(gunzip(ways.get(target, "Accept-Encoding", "gzip").body())).isEqualTo(reloaded.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZip", "x-gzip", "deflate, gzip;q=1.0, *;q=0.5", "*", "*;q=0.1", "br,gzip",
			"gzip; q=0.001", "gzip;q=1, identity;q=0", "gzip;q=0.5, identity;q=0.5", "identity;q=0.2, *;q=0.3",
			"identity;q=0.999, gzip" })
	void requestWhenGzipIsAcceptedGetsIt(String accepted) {
		gateway.get(RISK);

		assertThat(ways.get(RISK, "Accept-Encoding", accepted).header("Content-Encoding")).isEqualTo("gzip");
	}

	@ParameterizedTest
	@ValueSource(strings = { "identity", "gzip;q=0", "gzip; q=0.0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "br",
			"gzipped", "deflate, br;q=0.9", ";", ",", "gzip;q=0.5, identity;q=1", "identity, gzip;q=0.999",
			"*;q=0.1, identity;q=0.2" })
	void requestWhenGzipIsNotAcceptedGetsIdentity(String accepted) {
		Gateway.Response identity = gateway.get(RISK);
		gateway.get(RISK, "Accept-Encoding", "gzip");

		Gateway.Response response = ways.get(RISK, "Accept-Encoding", accepted);

		assertThat(response.headers().containsHeader("Content-Encoding")).isFalse();
		assertThat(response.body()).isEqualTo(identity.body());
		assertThat(response.header("ETag")).isEqualTo(identity.header("ETag"));
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void tagWhenOfOtherVariantDoesNotMatch(String target) {
		String identity = gateway.get(target).header("ETag");
		String gzip = gateway.get(target, "Accept-Encoding", "gzip").header("ETag");

		assertThat(ways.get(target, "If-None-Match", gzip).status()).isEqualTo(200);
		assertThat(ways.get(target, "Accept-Encoding", "gzip", "If-None-Match", identity).status()).isEqualTo(200);
		Gateway.Response notModified = ways.get(target, "Accept-Encoding", "gzip", "If-None-Match", gzip);
		assertThat(notModified.status()).isEqualTo(304);
		assertThat(notModified.header("ETag")).isEqualTo(gzip);
		assertThat(notModified.header("Vary")).isEqualTo("Accept-Encoding");
		assertThat(notModified.headers().containsHeader("Content-Encoding")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { RISK, HEATMAP })
	void headWhenGzipIsAcceptedHasHeadersOfVariant(String target) {
		gateway.get(target);
		Gateway.Response get = ways.get(target, "Accept-Encoding", "gzip");

		Gateway.Response head = ways.both("HEAD", target, "Accept-Encoding", "gzip");

		assertThat(head.headers()).isEqualTo(get.headers());
		assertThat(head.body()).isEmpty();
	}

	@Test
	void variantWhenStaleIsSentAsWell() {
		Gateway.Response old = gateway.get(HEATMAP, "Accept-Encoding", "gzip");
		clock.advance(Duration.ofSeconds(312));

		Gateway.Response stale = gateway.get(HEATMAP, "Accept-Encoding", "gzip");

		assertThat(stale.body()).isEqualTo(old.body());
		assertThat(stale.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(stale.header("ETag")).isEqualTo(old.header("ETag"));
	}

	@Test
	void responseWhenItFitsOnePacketStaysAsItIs() {
		upstream.answer(Endpoint.RISK, WireMock.okJson("{\"totalCount\":0,\"items\":[]}"));
		gateway.get(RISK);

		Gateway.Response small = ways.get(RISK, "Accept-Encoding", "gzip");

		assertThat(small.headers().containsHeader("Content-Encoding")).isFalse();
		assertThat(small.header("Vary")).isEqualTo("Accept-Encoding");
		assertThat(small.text()).isEqualTo("{\"totalCount\":0,\"items\":[]}");
	}

	@Test
	void variantWhenFirstRequestedWhileStaleIsStored() {
		gateway.get(HEATMAP);
		clock.advance(Duration.ofMinutes(20));
		upstream.answer(Endpoint.HEATMAP, WireMock.serverError());
		gateway.get(HEATMAP, "Accept-Encoding", "gzip");
		Representation made = variant(HEATMAP);

		Gateway.Response stale = gateway.get(HEATMAP, "Accept-Encoding", "gzip");

		assertThat(stale.header("Cache-Status")).contains("ttl=-900");
		assertThat(stale.header("Content-Encoding")).isEqualTo("gzip");
		assertThat(variant(HEATMAP)).isNotNull().isSameAs(made);
	}

	private @Nullable Representation variant(String target) {
		return Objects.requireNonNull(replays.find(target)).response().gzip();
	}

	private int calls() {
		return upstream.calls(Endpoint.RISK) + upstream.calls(Endpoint.HEATMAP);
	}

	private static byte[] gunzip(byte[] bytes) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
