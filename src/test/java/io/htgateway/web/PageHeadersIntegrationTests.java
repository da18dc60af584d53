package io.htgateway.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Security headers of Swagger UI and the explorer, which allow all that they need.
 */
@SecurityTest
@GatewayTest
class PageHeadersIntegrationTests {

	private static final String PAGE = "/swagger-ui/";

	private static final String LOGO_STYLE = "RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w=";

	private static final Pattern STYLE_ELEMENT = Pattern.compile("createElement\\(\"style\",[^,]*,\"([^\"]*)\"\\)");

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui.html", "/webjars/swagger-ui/index.html", PAGE + "index.html",
			PAGE + "swagger-ui-bundle.js", PAGE + "swagger-initializer.js", PAGE + "nothing.html" })
	void pageMayLoadItsOwnFilesAndCallTheGatewayOnly(String path) {
		Gateway.Response page = gateway.get(path);

		assertThat(List.of(page.header("Content-Security-Policy").split("; "))).containsExactlyInAnyOrder(
				"default-src 'none'", "script-src 'self'", "style-src 'self' 'sha256-" + LOGO_STYLE + "'",
				"img-src 'self' data:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
				"frame-ancestors 'none'");
		assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/explorer/any/app.js" })
	void explorerMayLoadItsOwnFilesAndRunNoOtherCode(String path) {
		Gateway.Response page = gateway.get(path);

		assertThat(List.of(page.header("Content-Security-Policy").split("; "))).containsExactlyInAnyOrder(
				"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
				"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
				"trusted-types 'none'");
		assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
	}

	@Test
	void swaggerUiHasNothingThatItsPolicyForbids() {
		String page = gateway.get(PAGE + "index.html").text();

		assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page).results()).hasSizeGreaterThan(5)
			.allSatisfy((link) -> assertThat(link.group(1)).doesNotContain(":", "//"));
		assertThat(Pattern.compile("<script[^>]*>([^<]*)</script>").matcher(page).results()).hasSize(3)
			.allSatisfy((script) -> assertThat(script.group(1)).isBlank());
		assertThat(page).doesNotContain("<style", "style=", "onload=", "<iframe", "<base");
		assertThat(gateway.get(PAGE + "swagger-ui.css").text()).doesNotContain("@import")
			.doesNotContainPattern("url\\((?![\"']?data:image/)");
		assertThat(gateway.get(PAGE + "swagger-initializer.js").text()).doesNotContain("petstore", "eval(");
	}

	@Test
	void policyAllowsTheStyleElementsThatScriptsOfSwaggerUiAdd() throws NoSuchAlgorithmException {
		List<String> hashes = new ArrayList<>();
		for (String script : List.of("swagger-ui-bundle.js", "swagger-ui-standalone-preset.js")) {
			List<String> styles = STYLE_ELEMENT.matcher(gateway.get(PAGE + script).text())
				.results()
				.map((style) -> style.group(1))
				.toList();
			for (String style : styles) {
				byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
				hashes.add(Base64.getEncoder().encodeToString(hash));
			}
		}

		assertThat(hashes).containsExactly(LOGO_STYLE);
	}

	@Test
	void mirroredAnswersAndProblemsHaveNoneOfThem() {
		for (String path : List.of("/api/external/5/assets/liquidation-risk", "/nothing", "/v3/api-docs")) {
			assertThat(gateway.get(path).headers().headerNames()).map(String::toLowerCase)
				.doesNotContain("content-security-policy", "x-frame-options");
		}
	}

}
