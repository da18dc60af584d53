package io.htgateway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;

/**
 * A server on loopback that answers every request with bytes of a test's choice, also
 * with such as no HTTP server sends, and then closes the connection.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Dialogue dialogue;

	private final boolean waiting;

	private final Queue<String> targets = new ConcurrentLinkedQueue<>();

	private final Phaser running = new Phaser(1);

	private ScriptedServer(ServerSocket socket, Dialogue dialogue, boolean waiting) {
		this.socket = socket;
		this.waiting = waiting;
		this.dialogue = dialogue;
	}

	/**
	 * What is written to each connection.
	 */
	@FunctionalInterface
	public interface Script {

		void write(OutputStream out) throws IOException;

	}

	/**
	 * Writes the answer to a request.
	 */
	@FunctionalInterface
	public interface Dialogue {

		void write(String target, OutputStream out) throws IOException;

	}

	public static ScriptedServer start(Script script) {
		return talking((target, out) -> script.write(out));
	}

	/**
	 * A server whose answer depends on the target of the request.
	 */
	public static ScriptedServer talking(Dialogue dialogue) {
		return start(dialogue, true);
	}

	/**
	 * A server that answers the first byte, whatever it is, as servers do at garbage.
	 */
	public static ScriptedServer answeringAtOnce(String head) {
		return start((target, out) -> out.write(bytes(head)), false);
	}

	private static ScriptedServer start(Dialogue dialogue, boolean waiting) {
		try {
			ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
			ScriptedServer server = new ScriptedServer(socket, dialogue, waiting);
			Thread.ofVirtual().start(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static ScriptedServer answering(String head, byte[] body) {
		return start((out) -> {
			out.write(bytes(head));
			out.write(body);
		});
	}

	private static byte[] bytes(String head) {
		return (head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	public URI uri() {
		return URI.create(origin() + "/file");
	}

	public String origin() {
		return "http://127.0.0.1:" + socket.getLocalPort();
	}

	/**
	 * The targets of all requests, as they were sent.
	 */
	public List<String> targets() {
		return List.copyOf(targets);
	}

	private void accept() {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				running.register();
				Thread.ofVirtual().start(() -> answer(connection));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void answer(Socket connection) {
		try (connection) {
			if (!waiting) {
				connection.getInputStream().read();
				dialogue.write("", connection.getOutputStream());
				return;
			}
			BufferedReader request = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			String first = request.readLine();
			String target = (first != null) ? first.replaceFirst("^GET (.*) HTTP/1.1$", "$1") : "";
			targets.add(target);
			String line = first;
			while (line != null && !line.isEmpty()) {
				line = request.readLine();
			}
			dialogue.write(target, connection.getOutputStream());
		}
		catch (IOException aborted) {
			// The gateway may go away at any time.
		}
		finally {
			running.arriveAndDeregister();
		}
	}

	/**
	 * Takes no more connections, and waits for the scripts that run.
	 */
	@Override
	public void close() {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		running.arriveAndAwaitAdvance();
	}

}
