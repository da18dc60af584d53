package io.htgateway.testing.redis;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.htgateway.testing.LoopbackPorts;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on a loopback port that keeps nothing on disk, and what a test does to it.
 */
public final class RedisServer implements AutoCloseable {

	private static final int SLOTS = 16_384;

	private static final Duration LONGEST_START = Duration.ofSeconds(20);

	private final int port;

	private final RedisHost host;

	private final Admin admin;

	private RedisServer(int port, RedisHost host) {
		this.port = port;
		this.host = host;
		this.admin = new Admin(port);
	}

	/**
	 * The one that tests share which do no harm to it, each under keys of its own.
	 */
	public static RedisServer shared() {
		return Shared.SERVER;
	}

	/**
	 * One for a test alone, with settings such as {@code "--maxmemory", "10mb"}.
	 */
	public static RedisServer start(String... settings) {
		int port = LoopbackPorts.freePair();
		return start(port, List.of(settings));
	}

	private static RedisServer start(int port, List<String> settings) {
		List<String> all = Stream.concat(Stream.of("--save", "", "--appendonly", "no"), settings.stream()).toList();
		RedisServer server = new RedisServer(port, RedisHosts.create(port, all));
		try {
			server.host.start();
			server.admin.awaitAnswers();
			return server;
		}
		catch (RuntimeException ex) {
			server.close();
			throw ex;
		}
	}

	/**
	 * A cluster of one node that holds all slots.
	 */
	public static RedisServer startCluster() {
		int port = LoopbackPorts.freeForCluster();
		RedisServer server = start(port, List.of("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"));
		server.command(
				Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), IntStream.range(0, SLOTS).mapToObj(String::valueOf))
					.toArray(String[]::new));
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(LONGEST_START)
			.until(() -> server.text("CLUSTER", "INFO").contains("cluster_state:ok"));
		return server;
	}

	/**
	 * One that a sentinel on {@link #secondPort()} knows under the given name.
	 */
	public static RedisServer startWithSentinel(String name) {
		RedisServer server = start();
		server.host.startSentinel("port " + server.secondPort() + "\nprotected-mode no\nsentinel monitor " + name
				+ " 127.0.0.1 " + server.port() + " 1\n");
		new Admin(server.secondPort()).awaitAnswers();
		return server;
	}

	public int port() {
		return port;
	}

	/**
	 * The port of the sentinel, or of TLS, free where the server was started without.
	 */
	public int secondPort() {
		return port + 1;
	}

	public URI url() {
		return URI.create("redis://127.0.0.1:" + port);
	}

	/**
	 * Asks the server to end, and waits for it.
	 */
	public void stop() {
		host.stop();
	}

	/**
	 * Ends the server without asking it.
	 */
	public void kill() {
		host.kill();
	}

	/**
	 * Freezes the server: its connections stay open, it answers none of them.
	 */
	public void pause() {
		host.pause();
	}

	public void resume() {
		host.resume();
	}

	/**
	 * Starts the server again on its port, with nothing stored, after killing it where it
	 * runs.
	 */
	public void restartEmpty() {
		host.kill();
		admin.logsInNoMore();
		host.start();
		admin.awaitAnswers();
	}

	/**
	 * Whether it answers soon.
	 */
	public boolean answers() {
		return admin.answers();
	}

	/**
	 * Requires a password of connections to come, also of the test's own.
	 */
	public void requirePassword(String password) {
		command("CONFIG", "SET", "requirepass", password);
		admin.logsInWith("AUTH", password);
	}

	/**
	 * Refuses writes, as a server that has become a replica does.
	 */
	public void makeReadOnly() {
		command("REPLICAOF", "127.0.0.1", "1");
	}

	public void makeWritable() {
		command("REPLICAOF", "NO", "ONE");
	}

	/**
	 * The reply to any command: a {@code String}, a {@code Long}, bytes, a list of such,
	 * or none.
	 */
	public @Nullable Object command(String... parts) {
		return admin.ask(Admin.bytes(parts));
	}

	public @Nullable Object command(List<byte[]> parts) {
		return admin.ask(parts);
	}

	/**
	 * The reply to a command as text.
	 */
	public String text(String... parts) {
		return asText(Objects.requireNonNull(command(parts)));
	}

	/**
	 * The reply to a command as a number.
	 */
	public long number(String... parts) {
		return Long.parseLong(text(parts));
	}

	/**
	 * The texts that a command is replied to with, such as {@code KEYS}.
	 */
	public List<String> texts(String... parts) {
		List<String> texts = new ArrayList<>();
		if (command(parts) instanceof List<?> replies) {
			replies.forEach((reply) -> texts.add(asText(Objects.requireNonNull(reply))));
		}
		return texts;
	}

	private static String asText(Object reply) {
		return (reply instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : reply.toString();
	}

	/**
	 * Ends the server for good.
	 */
	@Override
	public void close() {
		host.close();
	}

	private static final class Shared {

		private static final RedisServer SERVER = start();

	}

}
