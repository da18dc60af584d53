package io.htgateway.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documentation pages behind a proxy that strips a path prefix: no link leaves the
 * prefix.
 */
@GatewayTest
class PathPrefixIntegrationTests {

	private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

	private static final Pattern CONFIG = Pattern.compile("\"configUrl\" : \"([^\"]*)\"");

	@Autowired
	private Gateway gateway;

	private HttpClient client;

	@BeforeEach
	void start() {
		client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.build();
	}

	@AfterEach
	void end() {
		client.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/gw", "/apis/data/hypertracker" })
	void everyLinkFromSwaggerUiToAnAnswerStaysBelowThePrefix(String prefix) throws Exception {
		try (PrefixProxy proxy = PrefixProxy.start(prefix, gateway.port())) {
			HttpResponse<String> page = get(proxy.uri("/swagger-ui.html"));
			assertThat(page.uri()).isEqualTo(proxy.uri("/swagger-ui/index.html"));
			assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
			List<String> links = LINK.matcher(page.body()).results().map((link) -> link.group(1)).toList();
			assertThat(links).hasSizeGreaterThan(5);
			for (String link : links) {
				assertServed(proxy, page.uri().resolve(link));
			}

			MatchResult config = CONFIG.matcher(get(page.uri().resolve("swagger-initializer.js")).body())
				.results()
				.findFirst()
				.orElseThrow();
			JsonNode settings = json(assertServed(proxy, page.uri().resolve(config.group(1))));
			URI document = page.uri().resolve(settings.path("url").asString());
			JsonNode api = json(assertServed(proxy, document));
			URI server = document.resolve(api.path("servers").path(0).path("url").asString());
			assertThat(server).isEqualTo(proxy.uri("/"));
			assertServed(proxy, server.resolve("api/external/5/assets/liquidation-risk?limit=3"));
			assertThat(settings.toString() + api).doesNotContain("gateway.example", "https://127");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/gw", "/apis/data/hypertracker" })
	void everyLinkOfHomeStaysBelowThePrefix(String prefix) throws Exception {
		try (PrefixProxy proxy = PrefixProxy.start(prefix, gateway.port())) {
			HttpResponse<String> home = get(proxy.uri("/"));
			List<String> links = LINK.matcher(home.body()).results().map((link) -> link.group(1)).toList();

			assertThat(home.uri()).isEqualTo(proxy.uri("/"));
			assertThat(links).hasSizeGreaterThan(10);
			for (String link : links) {
				assertServed(proxy, home.uri().resolve(link));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui.html", "/webjars/swagger-ui/index.html" })
	void otherAddressOfThePageLeadsToIt(String path) throws Exception {
		try (PrefixProxy proxy = PrefixProxy.start("/gw", gateway.port())) {
			assertThat(get(proxy.uri(path)).uri()).isEqualTo(proxy.uri("/swagger-ui/index.html"));
		}
	}

	private String assertServed(PrefixProxy proxy, URI uri) throws IOException, InterruptedException {
		HttpResponse<String> answer = get(uri);
		assertThat(answer.uri().toString()).startsWith(proxy.uri("/").toString());
		assertThat(answer.statusCode()).as(uri.toString()).isEqualTo(200);
		return answer.body();
	}

	private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
