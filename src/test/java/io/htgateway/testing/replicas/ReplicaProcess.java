package io.htgateway.testing.replicas;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.htgateway.GatewayApplication;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.Leash;
import io.htgateway.testing.LoopbackPorts;
import org.awaitility.Awaitility;

/**
 * A gateway in a JVM of its own, which ends with this one.
 */
public final class ReplicaProcess implements Replica {

	private static final Duration LONGEST_START = Duration.ofSeconds(60);

	private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

	private static final Pattern HEAP = Pattern.compile("jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} ([0-9.E]+)");

	private final Process process;

	private final Leash leash;

	private final Path output;

	private final Gateway gateway;

	private ReplicaProcess(Process process, Path output, Gateway gateway) {
		this.process = process;
		this.leash = Leash.on(process);
		this.output = output;
		this.gateway = gateway;
	}

	static ReplicaProcess start(List<String> options, List<String> arguments) {
		int port = LoopbackPorts.freePair();
		Gateway gateway = new Gateway(port, port + 1);
		ReplicaProcess replica = launch(gateway, options, arguments);
		try {
			Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(LONGEST_START).until(replica::ready);
			return replica;
		}
		catch (RuntimeException ex) {
			replica.close();
			throw new IllegalStateException(replica.output(), ex);
		}
	}

	private static ReplicaProcess launch(Gateway gateway, List<String> options, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
						"--sun-misc-unsafe-memory-access=allow", "-cp", classPath()));
		command.addAll(options);
		command.add(GatewayApplication.class.getName());
		command.addAll(arguments);
		if (arguments.stream().noneMatch((argument) -> argument.startsWith("--gateway.access."))) {
			command.add("--gateway.access.open=true");
		}
		command.add("--server.port=" + gateway.port());
		command.add("--management.server.port=" + gateway.managementPort());
		try {
			Path output = Files.createTempFile(Files.createDirectories(Path.of("target")), "replica-", ".log");
			output.toFile().deleteOnExit();
			return new ReplicaProcess(
					new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(),
					output, gateway);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * All but the tests, whose configurations lie in the gateway's packages.
	 */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("test-classes"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private boolean ready() {
		if (!process.isAlive()) {
			throw new IllegalStateException("the replica has ended");
		}
		try {
			return gateway.actuator("/health/readiness").status() == 200;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof ConnectException) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public Gateway gateway() {
		return gateway;
	}

	/**
	 * The exit value of the process, as soon as the process has ended.
	 */
	public CompletableFuture<Integer> exit() {
		return process.onExit().thenApply(Process::exitValue);
	}

	/**
	 * All that it has said.
	 */
	public String output() {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends SIGTERM and waits.
	 */
	@Override
	public void stop() {
		int _ = terminate().join();
	}

	/**
	 * Sends SIGTERM.
	 * @return what it ends with
	 */
	public CompletableFuture<Integer> terminate() {
		process.destroy();
		return process.onExit().orTimeout(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS).thenApply((ended) -> {
			leash.close();
			return ended.exitValue();
		});
	}

	/**
	 * Sends SIGKILL and waits.
	 */
	public void kill() {
		leash.close();
	}

	/**
	 * Limits the size of the files that the process writes, as on a disk that is almost
	 * full.
	 * @param limit in bytes, or <code>unlimited</code>
	 */
	public void limitFiles(String limit) {
		run("prlimit", "--pid=" + process.pid(), "--fsize=" + limit + ":");
	}

	/**
	 * The heap that is in use after a full collection, in bytes.
	 */
	public long usedHeap() {
		run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(process.pid()),
				"GC.run");
		return HEAP.matcher(gateway.actuator("/prometheus").text())
			.results()
			.mapToLong((pool) -> (long) Double.parseDouble(pool.group(1)))
			.sum();
	}

	private static void run(String... command) {
		try {
			Process tool = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
			if (tool.waitFor() != 0) {
				throw new IllegalStateException(
						new String(tool.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Freezes the process: its connections stay open, it does nothing.
	 */
	public void pause() {
		leash.signal("STOP");
	}

	public void resume() {
		leash.signal("CONT");
	}

	@Override
	public void close() {
		leash.close();
	}

}
