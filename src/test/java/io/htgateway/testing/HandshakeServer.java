package io.htgateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that reads the first message of a TLS handshake, and ends each
 * connection then.
 */
public final class HandshakeServer implements AutoCloseable {

	private static final int HEAD = 5;

	private final ServerSocket socket;

	private final byte[] answer;

	private final boolean reset;

	private final AtomicInteger connections = new AtomicInteger();

	private HandshakeServer(byte[] answer, boolean reset) {
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.answer = answer;
		this.reset = reset;
		Thread.ofVirtual().start(this::accept);
	}

	public static HandshakeServer closing() {
		return new HandshakeServer(new byte[0], false);
	}

	public static HandshakeServer resetting() {
		return new HandshakeServer(new byte[0], true);
	}

	/**
	 * A server that sends a fatal alert.
	 * @param code its number (RFC 8446 6)
	 */
	public static HandshakeServer alerting(int code) {
		return new HandshakeServer(new byte[] { 21, 3, 3, 0, 2, 2, (byte) code }, false);
	}

	public URI uri() {
		return URI.create("https://127.0.0.1:" + socket.getLocalPort());
	}

	public int connections() {
		return connections.get();
	}

	private void accept() {
		while (!socket.isClosed()) {
			try (Socket connection = socket.accept()) {
				connections.incrementAndGet();
				InputStream in = connection.getInputStream();
				byte[] head = in.readNBytes(HEAD);
				in.readNBytes(((head[3] & 0xff) << 8) + (head[4] & 0xff));
				connection.getOutputStream().write(answer);
				connection.setSoLinger(reset, 0);
			}
			catch (IOException aborted) {
				// The gateway may go away at any time.
			}
		}
	}

	@Override
	public void close() {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
