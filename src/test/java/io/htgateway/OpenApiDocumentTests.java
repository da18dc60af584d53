package io.htgateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps <code>docs/openapi.yaml</code> equal to what the gateway serves; run with
 * <code>-Dopenapi.write=true</code> to write the file anew.
 */
@GatewayTest
class OpenApiDocumentTests {

	private static final Path FILE = Path.of("docs/openapi.yaml");

	@Autowired
	private Gateway gateway;

	@Test
	void documentIsTheOneInDocs() throws IOException {
		String served = gateway.get("/v3/api-docs.yaml").text();
		if (Boolean.getBoolean("openapi.write")) {
			Files.writeString(FILE, served);
		}

		assertThat(FILE).content().isEqualTo(served);
	}

	@Test
	void documentNamesNoServerButTheOneItCameFrom() {
		String document = gateway.get("/v3/api-docs", "X-Forwarded-Host", "evil.example").text();

		assertThat(document).containsOnlyOnce("\"servers\"")
			.containsPattern("\"url\"\\s*:\\s*\"\\.\\.\"")
			.doesNotContain("evil.example");
	}

	@Test
	void otherAddressesLeadToSwaggerUi() {
		assertThat(gateway.get("/swagger-ui.html").header("Location")).isEqualTo("swagger-ui/index.html");
		assertThat(gateway.get("/webjars/swagger-ui/index.html").header("Location"))
			.isEqualTo("../../swagger-ui/index.html");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/swagger-ui/", "/webjars/swagger-ui/" })
	void swaggerUiIsServed(String directory) throws IOException {
		Gateway.Response page = gateway.get("/swagger-ui/index.html");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Type")).isEqualTo("text/html");
		assertThat(page.text()).contains("<div id=\"swagger-ui\">").endsWith("</html>\n");
		assertThat(gateway.get(directory + "swagger-initializer.js").text()).contains("/v3/api-docs");
		for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js")) {
			Resource[] packaged = new PathMatchingResourcePatternResolver()
				.getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/" + file);

			assertThat(page.text()).contains("./" + file);
			assertThat(gateway.get(directory + file).body()).as(file).isEqualTo(packaged[0].getContentAsByteArray());
		}
	}

}
