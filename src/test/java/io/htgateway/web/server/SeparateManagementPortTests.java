package io.htgateway.web.server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SeparateManagementPortTests {

	private final MockEnvironment environment = new MockEnvironment();

	@ParameterizedTest
	@CsvSource({ "9291, 9291", "8080, 8080" })
	void samePortIsRefusedByName(String clients, String operators) {
		environment.withProperty("server.port", clients).withProperty("management.server.port", operators);

		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::check)
			.withMessageContaining("management.server.port");
	}

	@ParameterizedTest
	@CsvSource({ "8080, 8081", "0, 0" })
	void otherPortIsTaken(String clients, String operators) {
		environment.withProperty("server.port", clients).withProperty("management.server.port", operators);

		assertThatCode(this::check).doesNotThrowAnyException();
	}

	@Test
	void noManagementPortAtAllIsTaken() {
		environment.withProperty("server.port", "8080").withProperty("management.server.port", "-1");

		assertThatCode(this::check).doesNotThrowAnyException();
	}

	private void check() {
		SeparateManagementPort.check(environment);
	}

}
