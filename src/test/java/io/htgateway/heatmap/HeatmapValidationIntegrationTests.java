package io.htgateway.heatmap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.testing.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revalidation of stale heatmaps at the object store, by ETag or date (RFC 9111 4.3).
 */
@GatewayTest
class HeatmapValidationIntegrationTests {

	private static final String UNI = "/api/external/exports/coins/UNI/liquidation-heatmap";

	private static final String OLD = "{\"coin\":\"UNI\",\"heatmap\":[1]}";

	private static final String NEW = "{\"coin\":\"UNI\",\"heatmap\":[2]}";

	private static final String CHANGED = "Wed, 01 Jan 2020 00:00:00 GMT";

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void heatmapWhenStoreGivesDateOnlyIsValidatedByIt() {
		load(file(OLD).withHeader("Last-Modified", CHANGED));

		Gateway.Response confirmed = load(WireMock.status(304));

		assertThat(confirmed.text()).isEqualTo(OLD);
		assertThat(confirmed.header("Cache-Status")).endsWith("; fwd=stale; fwd-status=304");
		assertThat(confirmed.header("Last-Modified")).isEqualTo(CHANGED);
		assertThat(sent("If-Modified-Since")).containsExactly(null, CHANGED);
		assertThat(sent("If-None-Match")).containsExactly(null, null);

		assertThat(load(file(NEW)).text()).isEqualTo(NEW);
		load(file(NEW));
		assertThat(sent("If-Modified-Since")).containsExactly(null, CHANGED, CHANGED, null);
	}

	@Test
	void heatmapWhenStoreGivesTagAndDateIsValidatedByTagAlone() {
		load(file(OLD).withHeader("ETag", "\"a\"").withHeader("Last-Modified", CHANGED));

		load(WireMock.status(304).withHeader("ETag", "\"a\""));

		assertThat(sent("If-None-Match")).containsExactly(null, "\"a\"");
		assertThat(sent("If-Modified-Since")).containsExactly(null, null);
	}

	@Test
	void heatmapWhenConfirmationHasValidatorsIsValidatedByThoseNext() {
		load(file(OLD).withHeader("Last-Modified", CHANGED));
		load(WireMock.status(304).withHeader("ETag", "W/\"b\"").withHeader("Last-Modified", CHANGED));

		assertThat(load(WireMock.status(304)).text()).isEqualTo(OLD);
		assertThat(sent("If-None-Match")).containsExactly(null, null, "W/\"b\"");
	}

	@Test
	void heatmapWhenConfirmationIsOfAnotherFileIsLoadedWithoutCondition() {
		load(file(OLD).withHeader("ETag", "\"a\""));
		upstream.answerNext(Endpoint.DOWNLOAD, 1, WireMock.status(304).withHeader("ETag", "\"b\""));

		assertThat(load(file(NEW).withHeader("ETag", "\"b\"")).text()).isEqualTo(NEW);
		assertThat(sent("If-None-Match")).containsExactly(null, "\"a\"", null);
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(2);
	}

	@Test
	void heatmapWhenConfirmationHasOtherDateIsLoadedWithoutCondition() {
		load(file(OLD).withHeader("Last-Modified", CHANGED));
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.status(304).withHeader("Last-Modified", "Thu, 02 Jan 2020 00:00:00 GMT"));

		assertThat(load(file(NEW)).text()).isEqualTo(NEW);
		assertThat(sent("If-Modified-Since")).containsExactly(null, CHANGED, null);
	}

	// The file could change again within the same second (RFC 9110 8.8.2.2).
	@Test
	void heatmapWhenChangedInTheSecondOfItsDownloadIsNotValidated() {
		HttpHeaders headers = new HttpHeaders();
		headers.setLastModified(clock.instant());
		load(file(OLD).withHeader("Last-Modified", headers.getFirst("Last-Modified")));

		assertThat(load(file(NEW)).text()).isEqualTo(NEW);
		assertThat(sent("If-Modified-Since")).containsExactly(null, null);
	}

	@ParameterizedTest
	@CsvSource({ "-600, 0, false", "-600, 1, true", "600, 0, false", "600, 1, true", "600, -2, false" })
	void heatmapWhenStoreGivesItsTimeIsValidatedByADateThatIsASecondOlder(long ahead, long later, boolean validated) {
		Instant changed = clock.instant().plusSeconds(ahead);
		load(file(OLD).withHeader("Last-Modified", date(changed)).withHeader("Date", date(changed.plusSeconds(later))));

		Gateway.Response old = gateway.get(UNI, "Cache-Control", "only-if-cached");
		load(file(NEW));

		assertThat(sent("If-Modified-Since")).containsExactly(null, validated ? date(changed) : null);
		assertThat(old.headers().getFirst("Last-Modified")).isEqualTo(validated ? date(changed) : null);
	}

	@Test
	void heatmapWhenConfirmationHasARecentOtherDateIsLoadedWithoutCondition() {
		load(file(OLD).withHeader("Last-Modified", CHANGED));
		String now = date(clock.instant());
		upstream.answerNext(Endpoint.DOWNLOAD, 1,
				WireMock.status(304).withHeader("Last-Modified", now).withHeader("Date", now));

		assertThat(load(file(NEW)).text()).isEqualTo(NEW);
		assertThat(sent("If-Modified-Since")).containsExactly(null, CHANGED, null);
	}

	private static String date(Instant instant) {
		HttpHeaders headers = new HttpHeaders();
		headers.setDate(instant.toEpochMilli());
		return Objects.requireNonNull(headers.getFirst("Date"));
	}

	@Test
	void storeWhenItConfirmsWhatNobodyAskedAboutFails() {
		upstream.answer(Endpoint.DOWNLOAD, WireMock.status(304));

		Problems.check(gateway.get(UNI), 502, Problems.OWN + "upstream-failed");
		assertThat(upstream.calls(Endpoint.DOWNLOAD)).isEqualTo(1);
	}

	private Gateway.Response load(ResponseDefinitionBuilder answer) {
		upstream.answerNext(Endpoint.DOWNLOAD, 1, answer);
		Gateway.Response response = gateway.get(UNI);
		assertThat(response.header("Age")).isEqualTo("0");
		clock.advance(Duration.ofMinutes(20));
		return response;
	}

	private List<String> sent(String header) {
		return upstream.requests(Endpoint.DOWNLOAD)
			.stream()
			.map((LoggedRequest request) -> request.getHeader(header))
			.toList();
	}

	private static ResponseDefinitionBuilder file(String body) {
		return WireMock.ok().withBody(body);
	}

}
