package io.htgateway.testing.redis;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

import io.htgateway.testing.LoopbackPorts;

/**
 * Chooses once where Redis runs, and prints the choice. {@code -Dtest.redis=container} or
 * {@code =embedded} leaves no choice.
 */
final class RedisHosts {

	private static final BiFunction<Integer, List<String>, RedisHost> CHOSEN = choose();

	private RedisHosts() {
	}

	static RedisHost create(int port, List<String> settings) {
		return CHOSEN.apply(port, settings);
	}

	private static BiFunction<Integer, List<String>, RedisHost> choose() {
		return switch (System.getProperty("test.redis", "auto")) {
			case "container" -> container("asked for");
			case "embedded" -> embedded("asked for");
			default -> ContainerEngine.missing()
				.or(RedisHosts::unusable)
				.map(RedisHosts::embedded)
				.orElseGet(() -> container("a container engine answers"));
		};
	}

	/**
	 * Why no container starts, empty where one does: the engine may be without the image
	 * and without a way to it.
	 */
	private static Optional<String> unusable() {
		try (RedisHost trial = ContainerHost.of(LoopbackPorts.freePair(), List.of())) {
			trial.start();
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			return Optional.of("the container engine starts no " + ContainerHost.IMAGE + ": " + ex.getMessage());
		}
	}

	private static BiFunction<Integer, List<String>, RedisHost> container(String reason) {
		System.out.println("Redis of the tests: container of " + ContainerHost.IMAGE + " (" + reason + ")");
		return ContainerHost::of;
	}

	private static BiFunction<Integer, List<String>, RedisHost> embedded(String reason) {
		System.out.println("Redis of the tests: binary of embedded-redis (" + reason + ")");
		return EmbeddedHost::of;
	}

}
