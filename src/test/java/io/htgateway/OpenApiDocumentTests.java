package io.htgateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

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
			.containsPattern("\"url\"\\s*:\\s*\"/\"")
			.doesNotContain("evil.example");
	}

	@Test
	void swaggerUiIsServedAndHomeLeadsThere() {
		assertThat(gateway.get("/").header("Location")).isEqualTo("/swagger-ui.html");
		assertThat(gateway.get("/swagger-ui.html").header("Location")).endsWith("/swagger-ui/index.html");
		assertThat(gateway.get("/webjars/swagger-ui/index.html").text()).contains("swagger-ui");
	}

}
