package io.htgateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.htgateway.faults.Connection.Script;

/**
 * A server on loopback, with TLS, that does to each connection what it is told, and then
 * closes it. On the same port of another loopback address it listens for connections that
 * nobody may open.
 */
final class FaultyServer implements AutoCloseable {

	private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.1");

	private static final InetAddress OTHER_ADDRESS = InetAddress.ofLiteral("127.0.0.2");

	private final Map<Certificate, SSLContext> certificates = new EnumMap<>(Certificate.class);

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	// Keeps the port while nothing listens on it.
	private final Socket reservation = new Socket();

	private final ServerSocketChannel forbidden = ServerSocketChannel.open();

	private volatile ServerSocket listener;

	private volatile SSLContext certificate;

	private volatile Script script = Connection::hang;

	FaultyServer(Authority authority) throws IOException {
		for (Certificate kind : Certificate.values()) {
			certificates.put(kind, authority.tls(kind));
		}
		certificate = authority.tls(Certificate.GOOD);
		reservation.setReuseAddress(true);
		reservation.bind(new InetSocketAddress(ADDRESS, 0));
		forbidden.bind(new InetSocketAddress(OTHER_ADDRESS, port())).configureBlocking(false);
		listener = listen();
	}

	URI uri() {
		return URI.create("https://127.0.0.1:" + port());
	}

	/**
	 * Connections so far, each of which is for one request.
	 */
	int connections() {
		return connections.get();
	}

	boolean isAtRest() {
		return open.get() == 0;
	}

	void forget() {
		connections.set(0);
	}

	/**
	 * Whether someone has connected to the address that nobody may connect to.
	 */
	boolean wasReachedElsewhere() throws IOException {
		try (var connection = forbidden.accept()) {
			return connection != null;
		}
	}

	/**
	 * Answers all connections from now on with the given script.
	 */
	void run(Certificate shown, Script next) throws IOException {
		certificate = certificates.getOrDefault(shown, certificate);
		script = next;
		connections.set(0);
		if (listener.isClosed()) {
			listener = listen();
		}
	}

	/**
	 * Refuses all connections from now on.
	 */
	void refuse() throws IOException {
		connections.set(0);
		listener.close();
	}

	private int port() {
		return reservation.getLocalPort();
	}

	private ServerSocket listen() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(ADDRESS, port()));
		Thread.ofVirtual().start(() -> accept(socket));
		return socket;
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket connection = socket.accept();
				connections.incrementAndGet();
				open.incrementAndGet();
				Thread.ofVirtual().start(() -> answer(connection));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void answer(Socket wire) {
		try (wire;
				SSLSocket tls = (SSLSocket) certificate.getSocketFactory()
					.createSocket(wire, "127.0.0.1", wire.getPort(), true)) {
			tls.setUseClientMode(false);
			script.run(Connection.read(wire, tls));
		}
		catch (IOException aborted) {
			// The gateway may go away at any time.
		}
		finally {
			open.decrementAndGet();
		}
	}

	@Override
	public void close() {
		try (reservation; forbidden) {
			listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
