package io.htgateway.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that keeps a connection alive after the first request, and resets
 * it when it has read the next one.
 */
public final class ClosingServer implements AutoCloseable {

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

	private final ServerSocket socket;

	private final AtomicInteger requests = new AtomicInteger();

	private ClosingServer(ServerSocket socket) {
		this.socket = socket;
	}

	public static ClosingServer start() throws IOException {
		ClosingServer server = new ClosingServer(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
		Thread.ofVirtual().start(server::accept);
		return server;
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + socket.getLocalPort());
	}

	/**
	 * How many requests were read, answered or not.
	 */
	public int requests() {
		return requests.get();
	}

	private void accept() {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				Thread.ofVirtual().start(() -> serve(connection));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
			if (read(in)) {
				connection.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
			}
			read(in);
			connection.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean read(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			return false;
		}
		while (line != null && !line.isEmpty()) {
			line = in.readLine();
		}
		requests.incrementAndGet();
		return true;
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

}
