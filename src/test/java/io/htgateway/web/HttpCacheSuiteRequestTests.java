package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.htgateway.simulator.Endpoint;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.Problems;
import io.htgateway.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cases of the public HTTP cache test suite about requests and interim responses, named
 * by the suite's ids. <code>docs/http-cache-suite.md</code> lists all of its cases.
 */
@GatewayTest
class HttpCacheSuiteRequestTests extends HttpCacheSuite {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ccreq-ma0 | Cache-Control | max-age=0
			ccreq-ma1 | Cache-Control | max-age=1
			ccreq-magreaterage | Cache-Control | max-age=150
			ccreq-min-fresh | Cache-Control | min-fresh=200
			ccreq-no-cache | Cache-Control | no-cache
			ccreq-no-store | Cache-Control | no-store
			ccreq-max-stale | Cache-Control | max-stale=1000
			pragma-request-no-cache | Pragma | no-cache
			pragma-request-extension | Pragma | unrecognised-extension
			other-cookie | Cookie | a=b
			vary-cache-key | Foo | 1
			""")
	void hitWhenClientSendsHeaderIsHit(String id, String name, String value) {
		gateway.get(RISK);
		clock.advance(Duration.ofSeconds(200));

		Gateway.Response hit = ways.get(RISK, name, value);

		assertThat(hit.header("Cache-Status")).as(id).isEqualTo("hypertracker-gateway; hit; ttl=100");
		assertCalls(1);
	}

	@Test
	void queryArgsDifferent() {
		String other = RISK.replace("limit=5", "limit=6");
		gateway.get(RISK);
		gateway.get(other);

		assertThat(ways.get(other).body()).as("query-args-different").isEqualTo(upstream.riskBody(16, 0, 6));
		assertThat(ways.get(RISK).body()).isEqualTo(upstream.riskBody(16, 0, 5));
	}

	@Test
	void queryArgsSame() {
		gateway.get(RISK);

		assertThat(ways.get(RISK).body()).as("query-args-same").isEqualTo(upstream.riskBody(16, 0, 5));
		assertCalls(1);
	}

	@Test
	void ccreqOic() {
		Problems.check(gateway.get(RISK, "Cache-Control", "only-if-cached"), 504, Problems.OWN + "not-cached");

		assertThat(upstream.calls(Endpoint.RISK)).as("ccreq-oic").isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "head-writethrough", "head-200-retain", "head-200-freshness-update", "head-200-update" })
	void headWhenStaleLoadsForGetToo(String id) {
		gateway.get(RISK);
		clock.advance(LONG_STALE);

		Gateway.Response head = gateway.head(RISK);

		assertThat(head.header("Age")).as(id).isEqualTo("0");
		assertThat(ways.get(RISK).body()).isEqualTo(upstream.riskBody(16, 0, 5));
		assertThat(ways.get(RISK).header("ETag")).isEqualTo(head.header("ETag"));
		assertThat(upstream.requests(Endpoint.RISK)).extracting((request) -> request.getMethod().getName())
			.containsExactly("GET", "GET");
	}

	@Test
	void head410Update() {
		gateway.get(RISK);
		clock.advance(LONG_STALE);
		upstream.answer(Endpoint.RISK, WireMock.status(410));

		Gateway.Response head = gateway.head(RISK);

		assertThat(head.status()).as("head-410-update").isEqualTo(200);
		assertThat(head.header("Cache-Status")).contains("fwd=stale; fwd-status=410");
	}

	@ParameterizedTest
	@CsvSource({ "interim-102, 102 Processing", "interim-103, 103 Early Hints", "interim-not-cached, 103 Early Hints",
			"interim-no-header-reuse, 103 Early Hints" })
	void heatmapWhenStoreAnswersInTheInterimIsItsFinalResponse(String id, String interim) {
		String head = "HTTP/1.1 " + interim + "\nlink: </styles.css>; rel=preload\nx-my-header: hidden\n\n"
				+ "HTTP/1.1 200 OK\nContent-Length: 28\nConnection: close";
		byte[] body = "{\"coin\":\"A\",\"heatmap\":[1,2]}".getBytes(StandardCharsets.UTF_8);
		assertThat(body).hasSize(28);
		try (ScriptedServer server = ScriptedServer.answering(head, body)) {
			upstream.answer(Endpoint.HEATMAP, WireMock.status(302).withHeader("Location", server.uri().toString()));

			Gateway.Response miss = gateway.get(HEATMAP);

			assertThat(miss.status()).as(id).isEqualTo(200);
			assertThat(miss.body()).isEqualTo(body);
			assertThat(ways.get(HEATMAP).everything()).doesNotContain("hidden", "preload");
		}
		assertThat(upstream.calls(Endpoint.HEATMAP)).isEqualTo(1);
	}

}
