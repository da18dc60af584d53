package io.htgateway.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.LoopbackPorts;
import org.awaitility.Awaitility;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * The image, run as the documentation says: nothing writable but {@code /tmp}, no
 * capabilities, 512 MiB, the key in a mounted file. It listens on loopback only, in the
 * machine's network, where the simulated upstream is.
 */
final class GatewayContainer implements AutoCloseable {

	private static final long LIMIT = 512L * 1024 * 1024;

	private static final String KEY_FILE = "/run/secrets/hypertracker/api-key";

	private static final String CONFIGURATION_FILE = "/config/gateway.yaml";

	private static final Duration LONGEST_START = Duration.ofSeconds(60);

	private static final int LONGEST_STOP_SECONDS = 60;

	private final GenericContainer<?> container = new GenericContainer<>(Image.name());

	private final Gateway gateway;

	private GatewayContainer(SimulatedHyperTracker upstream, Map<String, String> environment, String configuration) {
		int port = LoopbackPorts.freePair();
		this.gateway = new Gateway(port, port + 1);
		container.withNetworkMode("host")
			.withEnv(before(upstream))
			.withEnv(environment)
			.withEnv("SPRING_CONFIG_ADDITIONAL_LOCATION", CONFIGURATION_FILE)
			.withFileSystemBind(file(upstream.key()), KEY_FILE, BindMode.READ_ONLY)
			.withFileSystemBind(file(configuration), CONFIGURATION_FILE, BindMode.READ_ONLY)
			.withTmpFs(Map.of("/tmp", "rw,exec,size=64m,mode=1777"))
			.withCreateContainerCmdModifier((create) -> restrict(Objects.requireNonNull(create.getHostConfig())))
			.waitingFor(new NoWait());
	}

	/**
	 * Starts one before the given upstream and waits until it is ready.
	 */
	static GatewayContainer start(SimulatedHyperTracker upstream, Map<String, String> environment) {
		return start(upstream, environment, "");
	}

	/**
	 * Starts one that has a file of configuration as well.
	 */
	static GatewayContainer start(SimulatedHyperTracker upstream, Map<String, String> environment,
			String configuration) {
		GatewayContainer started = new GatewayContainer(upstream, environment, configuration);
		try {
			started.container.start();
			Awaitility.await()
				.pollInterval(Duration.ofMillis(50))
				.atMost(LONGEST_START)
				.ignoreExceptions()
				.until(() -> started.readiness() == 200);
			return started;
		}
		catch (RuntimeException ex) {
			String said = started.output();
			started.close();
			throw new IllegalStateException(said, ex);
		}
	}

	private static void restrict(HostConfig host) {
		host.withReadonlyRootfs(true).withMemory(LIMIT).withMemorySwap(LIMIT).withCapDrop(Capability.ALL);
	}

	// The AOT cache is asked for, so that a gateway that cannot use it does not start.
	private Map<String, String> before(SimulatedHyperTracker upstream) {
		return Map.ofEntries(Map.entry("GATEWAY_ACCESS_OPEN", "true"), Map.entry("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"),
				Map.entry("SERVER_ADDRESS", "127.0.0.1"), Map.entry("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1"),
				Map.entry("SERVER_PORT", String.valueOf(gateway.port())),
				Map.entry("MANAGEMENT_SERVER_PORT", String.valueOf(gateway.managementPort())),
				Map.entry("GATEWAY_UPSTREAM_BASE_URL", upstream.apiBaseUrl().toString()),
				Map.entry("GATEWAY_UPSTREAM_API_KEY_FILE", KEY_FILE),
				Map.entry("GATEWAY_DOWNLOADS_ALLOW_INSECURE", "true"),
				Map.entry("GATEWAY_DOWNLOADS_ALLOWED_HOSTS", upstream.storeBaseUrl().getHost()),
				Map.entry("GATEWAY_BUDGET_PLAN", "custom"), Map.entry("GATEWAY_BUDGET_PER_MINUTE", "1000000000"));
	}

	private static String file(String text) {
		try {
			Path file = Files.createTempFile(Files.createDirectories(Path.of("target")).toAbsolutePath(), "bound-", "");
			file.toFile().deleteOnExit();
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
			return Files.writeString(file, text).toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Gateway gateway() {
		return gateway;
	}

	int readiness() {
		return gateway.actuator("/health/readiness").status();
	}

	/**
	 * How it was made and what it is doing.
	 */
	InspectContainerResponse inspect() {
		return client().inspectContainerCmd(container.getContainerId()).exec();
	}

	/**
	 * What was said on standard output.
	 */
	String output() {
		return (container.getContainerId() == null) ? "" : container.getLogs(OutputType.STDOUT);
	}

	/**
	 * Asks it to end as the engine does, and waits.
	 */
	void stop() {
		client().stopContainerCmd(container.getContainerId()).withTimeout(LONGEST_STOP_SECONDS).exec();
	}

	private DockerClient client() {
		return container.getDockerClient();
	}

	@Override
	public void close() {
		container.stop();
	}

	private static final class NoWait extends AbstractWaitStrategy {

		@Override
		protected void waitUntilReady() {
		}

	}

}
