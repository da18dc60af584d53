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
import java.util.concurrent.Phaser;

/**
 * A server on loopback that answers every request with bytes of a test's choice, also
 * with such as no HTTP server sends, and then closes the connection.
 */
public final class ScriptedServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Script script;

	private final Phaser running = new Phaser(1);

	private ScriptedServer(ServerSocket socket, Script script) {
		this.socket = socket;
		this.script = script;
	}

	/**
	 * What is written to each connection.
	 */
	@FunctionalInterface
	public interface Script {

		void write(OutputStream out) throws IOException;

	}

	public static ScriptedServer start(Script script) {
		try {
			ServerSocket socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
			ScriptedServer server = new ScriptedServer(socket, script);
			Thread.ofVirtual().start(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static ScriptedServer answering(String head, byte[] body) {
		return start((out) -> {
			out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			out.write(body);
		});
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/file");
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
			BufferedReader request = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
			String line = request.readLine();
			while (line != null && !line.isEmpty()) {
				line = request.readLine();
			}
			script.write(connection.getOutputStream());
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
