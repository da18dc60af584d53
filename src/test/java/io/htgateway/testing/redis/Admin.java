package io.htgateway.testing.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The test's own way to a server: a connection for each command, so that none is of a
 * server that is no more.
 */
final class Admin {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration IMPATIENCE = Duration.ofMillis(300);

	private static final Duration LONGEST_START = Duration.ofSeconds(20);

	private final int port;

	private List<byte[]> login = List.of();

	Admin(int port) {
		this.port = port;
	}

	void logsInWith(String... parts) {
		login = bytes(parts);
	}

	void logsInNoMore() {
		login = List.of();
	}

	@Nullable Object ask(List<byte[]> command) {
		try (RespConnection connection = RespConnection.open(port, PATIENCE)) {
			if (!login.isEmpty()) {
				connection.ask(login);
			}
			return connection.ask(command);
		}
		catch (IOException ex) {
			throw new IllegalStateException("no reply of Redis", ex);
		}
	}

	/**
	 * Whether anything, also an error, is replied soon.
	 */
	boolean answers() {
		try (RespConnection connection = RespConnection.open(port, IMPATIENCE)) {
			return connection.ask(bytes("PING")) != null;
		}
		catch (RedisErrorException refused) {
			return true;
		}
		catch (IOException gone) {
			return false;
		}
	}

	void awaitAnswers() {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.atMost(LONGEST_START)
			.until(this::answers);
	}

	static List<byte[]> bytes(String... parts) {
		return Arrays.stream(parts).map((part) -> part.getBytes(StandardCharsets.UTF_8)).toList();
	}

}
