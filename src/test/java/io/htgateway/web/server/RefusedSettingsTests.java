package io.htgateway.web.server;

import io.htgateway.GatewayApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class RefusedSettingsTests {

	@ParameterizedTest
	@CsvSource({ "server.forward-headers-strategy, native", "server.forward-headers-strategy, framework",
			"server.forward-headers-strategy, NATIVE", "server.use-forward-headers, true",
			"server.tomcat.remoteip.remote-ip-header, x-forwarded-for" })
	void forwardedHeadersAreRefusedWithTheReplacementProperty(String property, String value) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> check(property, value))
			.withMessageContaining(property)
			.withMessageContaining("gateway.access.trusted-proxies");
	}

	@ParameterizedTest
	@CsvSource({ "spring.webflux.base-path, /gw", "spring.webflux.base-path, gw",
			"server.servlet.context-path, /swagger-ui", "spring.mvc.servlet.path, /gw", "server.context-path, /gw" })
	void pathPrefixIsRefusedAndProxyNamed(String property, String value) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> check(property, value))
			.withMessageContaining(property)
			.withMessageContaining("proxy");
	}

	@ParameterizedTest
	@CsvSource({ "springdoc.swagger-ui.path, /api/external/docs", "springdoc.api-docs.path, /docs" })
	void otherPathsOfPagesAreRefused(String property, String value) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> check(property, value))
			.withMessageContaining(property);
	}

	@ParameterizedTest
	@CsvSource({ "server.forward-headers-strategy, none", "server.forward-headers-strategy, NONE",
			"spring.webflux.base-path, ''", "spring.webflux.base-path, /", "springdoc.api-docs.path, /v3/api-docs" })
	void whatChangesNothingIsTaken(String property, String value) {
		assertThatCode(() -> check(property, value)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.forward-headers-strategy=framework", "spring.webflux.base-path=/gw" })
	void startIsRefusedInWords(String setting, CapturedOutput output) {
		assertThatException().isThrownBy(() -> new SpringApplication(GatewayApplication.class).run("--" + setting,
				"--server.port=0", "--management.server.port=0"));

		assertThat(output).contains("APPLICATION FAILED TO START", setting.substring(0, setting.indexOf('=')), "must ")
			.doesNotContain("\tat ");
	}

	private static void check(String property, String value) {
		RefusedSettings.check(new MockEnvironment().withProperty(property, value));
	}

}
