package io.htgateway.declared;

import io.htgateway.GatewayApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Invalid declared endpoints, with which the gateway does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class RefusedEndpointsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"a.path=/api/external/segments | gateway.endpoints.a.path (argument --gateway.endpoints.a.path) must be the path below /api/external: write /segments",
			"a.path=/segments/../x | must be a path of words and {variables}",
			"a.path=segments | must be a path of words and {variables}",
			"a.path=//host/x | must be a path of words and {variables}",
			"a.path=http://host/x | must be a path of words and {variables}",
			"a.path=/x?y=1 | must be a path of words and {variables}",
			"a.path=/x/{} | must be a path of words and {variables}",
			"a.path=/{a}/{a} | must not have a variable twice",
			"a.path=/fills/liquidation | must differ from the path of the endpoint fills: both match the same requests",
			"a.path=/{x}/assets/liquidation-risk | must differ from the path of the endpoint risk",
			"a.ttl=5m | gateway.endpoints.a.path is missing: set the path below /api/external, such as /segments",
			"fills.path=/x | must have a name of at most 40 lower-case letters and digits, with - between words, such as bias-history, and none of the reserved names fills, heatmap, none, other, risk",
			"other.path=/x | must have a name of at most 40 lower-case letters and digits, with - between words, such as bias-history, and none of the reserved names fills, heatmap, none, other, risk",
			"a.kind=xml --gateway.endpoints.a.path=/x | must be one of json, text, file",
			"a.tttl=5m --gateway.endpoints.a.path=/x | gateway.endpoints.a.tttl (argument --gateway.endpoints.a.tttl) is not a property of an endpoint. Endpoints have coin-parameter, follows-state, kind, max-size, media-type, parameters, path, segment-parameter",
			"a.ttl=5 --gateway.endpoints.a.path=/x | is 5, which has no unit: write 5s (seconds) or 5m (minutes)",
			"a.parameters[0].nam=x --gateway.endpoints.a.path=/x | is not a property of an endpoint",
			"a.parameters=a[] --gateway.endpoints.a.path=/x | gateway.endpoints.a.parameters (argument --gateway.endpoints.a.parameters) must have names of letters, digits and _, starting with a letter and without [], such as address",
			"a.media-type=csv --gateway.endpoints.a.path=/x | gateway.endpoints.a.media-type (argument --gateway.endpoints.a.media-type) must be a media type, such as text/csv",
			"a.max-size=64 --gateway.endpoints.a.path=/x | gateway.endpoints.a.max-size (argument --gateway.endpoints.a.max-size) is 64, which has no unit: write 64MB (megabytes) or 64KB (kilobytes)",
			"a.max-size=1GB --gateway.endpoints.a.path=/x | gateway.endpoints.a.max-size (argument --gateway.endpoints.a.max-size) must be at least 1KB and less than 1GB",
			"a.max-size=big --gateway.endpoints.a.path=/x | gateway.endpoints.a.max-size",
			"a.path=/x/{c} --gateway.endpoints.a.coin-parameter=coin --gateway.endpoints.a.parameters=d | gateway.endpoints.a.coin-parameter (argument --gateway.endpoints.a.coin-parameter) must be a variable of the path or one of the parameters: c, d; write none if the data is not divided in this way",
			"a.path=/x --gateway.endpoints.a.segment-parameter=s | gateway.endpoints.a.segment-parameter (argument --gateway.endpoints.a.segment-parameter) must be a variable of the path or one of the parameters, and this endpoint has neither; write none",
			"a.path=/{x}/y --gateway.endpoints.b.path=/{z}/y | gateway.endpoints.b.path (argument --gateway.endpoints.b.path) must differ from the path of the endpoint a: both match the same requests" })
	void startWhenAnEndpointIsWrongSaysWhatIsRight(String arguments, String text, CapturedOutput output) {
		String[] all = ("--server.port=0 --management.server.port=0 --gateway.upstream.api-key=x --gateway.endpoints."
				+ arguments)
			.split(" ");

		assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class, all));

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START").contains(text).doesNotContain("\tat ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"endpoints=rsk | gateway.access.teams[0].endpoints (argument --gateway.access.teams[0].endpoints) has rsk, which is not an endpoint; did you mean risk?",
			"endpoints=risk,Order-Book | has Order-Book, which is not an endpoint; did you mean order-book?",
			"endpoints=canary-0123456789abcdef0123 | has a name that is not shown, since it may be a secret; the endpoints are fills, heatmap, order-book, risk",
			"endpoints[0]=quotes | has quotes, which is not an endpoint; the endpoints are fills, heatmap, order-book, risk",
			"segments=5,17 | gateway.access.teams[0].segments (argument --gateway.access.teams[0].segments) has 17, which is not within the cohorts of gateway.risk.segments: 1-16",
			"segments=15-20 | has 15-20, which is not within the cohorts",
			"coins=btc | gateway.access.teams[0].coins (argument --gateway.access.teams[0].coins) has btc, which is not a market, because upper and lower case differ; did you mean BTC?",
			"coin=BTC | gateway.access.teams[0].coin (argument --gateway.access.teams[0].coin) is not a property of the gateway; did you mean gateway.access.teams[0].coins?",
			"endpoints= | must name the endpoints that the team may use, such as risk; without it the team may use all",
			"endpoint=risk | gateway.access.teams[0].endpoint (argument --gateway.access.teams[0].endpoint) is not a property of the gateway; did you mean gateway.access.teams[0].endpoints?" })
	void startWhenATeamHasAWrongEndpointSaysWhatIsRight(String argument, String text, CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class, "--server.port=0",
				"--management.server.port=0", "--gateway.upstream.api-key=x",
				"--gateway.endpoints.order-book.path=/order/book", "--gateway.access.teams[0].name=lab",
				"--gateway.access.teams[0].token-sha256=" + "0123456789abcdef".repeat(4),
				"--gateway.access.teams[0]." + argument));

		assertThat(output).containsOnlyOnce("APPLICATION FAILED TO START")
			.contains(text)
			.doesNotContain("\tat ", "0123456789abcdef0123");
	}

	@Test
	void nameOfADeclaredEndpointHasNoCapital(CapturedOutput output) {
		assertThatException().isThrownBy(() -> SpringApplication.run(GatewayApplication.class,
				"--gateway.upstream.api-key=x", "--gateway.endpoints[a/b].path=/x"));

		assertThat(output)
			.contains("must have a name of at most 40 lower-case letters and digits, with - between words,"
					+ " such as bias-history, and none of the reserved names fills, heatmap, none, other, risk");
	}

}
