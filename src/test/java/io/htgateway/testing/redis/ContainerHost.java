package io.htgateway.testing.redis;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PortBinding;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Redis in a container of Testcontainers. The ports are the same within and without.
 */
final class ContainerHost implements RedisHost {

	static final String IMAGE = System.getProperty("test.redis.image", "redis:8-alpine");

	private final GenericContainer<?> container;

	static {
		Stream.of("org.testcontainers", "tc", "com.github.dockerjava")
			.forEach((name) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN));
	}

	private ContainerHost(GenericContainer<?> container) {
		this.container = container;
	}

	static ContainerHost of(int port, List<String> settings) {
		List<String> command = Stream
			.concat(Stream.of("redis-server", "--protected-mode", "no", "--port", String.valueOf(port)),
					settings.stream())
			.toList();
		GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
			.withExposedPorts(port, port + 1)
			.withCreateContainerCmdModifier((create) -> Objects.requireNonNull(create.getHostConfig())
				.withPortBindings(published(port), published(port + 1)))
			.withCommand(command.toArray(String[]::new))
			.waitingFor(new NoWait());
		Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
		return new ContainerHost(container);
	}

	private static PortBinding published(int port) {
		return PortBinding.parse("127.0.0.1:" + port + ":" + port);
	}

	@Override
	public void start() {
		if (container.getContainerId() == null) {
			container.start();
		}
		else {
			client().startContainerCmd(container.getContainerId()).exec();
		}
	}

	@Override
	public void startSentinel(String configuration) {
		container.copyFileToContainer(Transferable.of(configuration), "/tmp/sentinel.conf");
		String id = client().execCreateCmd(container.getContainerId())
			.withCmd("redis-server", "/tmp/sentinel.conf", "--sentinel")
			.exec()
			.getId();
		client().execStartCmd(id).withDetach(true).start();
	}

	@Override
	public void stop() {
		client().stopContainerCmd(container.getContainerId()).exec();
	}

	@Override
	public void kill() {
		client().killContainerCmd(container.getContainerId()).exec();
	}

	@Override
	public void pause() {
		client().pauseContainerCmd(container.getContainerId()).exec();
	}

	@Override
	public void resume() {
		client().unpauseContainerCmd(container.getContainerId()).exec();
	}

	@Override
	public void close() {
		container.stop();
	}

	private DockerClient client() {
		return container.getDockerClient();
	}

	/**
	 * Leaves it to the test's own connection to see that the server is ready.
	 */
	private static final class NoWait extends AbstractWaitStrategy {

		@Override
		protected void waitUntilReady() {
		}

	}

}
