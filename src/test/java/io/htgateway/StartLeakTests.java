package io.htgateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Looks for the key in all that is said, at the finest level of logging, of a start that
 * fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartLeakTests {

	private static final String KEY = "canary-key-5d1f";

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	@AfterEach
	void logAsUsual() {
		root.setLevel(Level.INFO);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.port=TAKEN", "management.server.port=TAKEN",
			"gateway.upstream.response-timeout=soon", "gateway.upstream.base-url=nonsense",
			"gateway.cache.max-sise=1MB", "gateway.upstream.api-kee=" + KEY, "spring.http.clients.ssl.bundle=none",
			"gateway.upstream.api-key-file=/nowhere", "gateway.access.teams-file=/nowhere" })
	void crashAtStartTellsNoKey(String property, CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
			String[] arguments = { "--logging.level.root=trace", "--server.port=0", "--management.server.port=0",
					"--gateway.upstream.api-key=" + KEY,
					"--" + property.replace("TAKEN", String.valueOf(taken.getLocalPort())) };

			assertThatException().isThrownBy(() -> new SpringApplication(GatewayApplication.class).run(arguments));
		}

		assertThat(output).contains("TRACE", "DEBUG").doesNotContain(KEY);
	}

}
