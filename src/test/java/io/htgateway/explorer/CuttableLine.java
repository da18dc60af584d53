package io.htgateway.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * TCP line to a gateway that can be cut, with all of its connections.
 */
final class CuttableLine implements AutoCloseable {

	private final ServerSocket server;

	private final int gateway;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean cut;

	private CuttableLine(ServerSocket server, int gateway) {
		this.server = server;
		this.gateway = gateway;
	}

	static CuttableLine to(int gateway) {
		try {
			CuttableLine line = new CuttableLine(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), gateway);
			Thread.ofVirtual().start(line::accept);
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return server.getLocalPort();
	}

	/**
	 * Closes all connections, and refuses others.
	 */
	void cut() {
		cut = true;
		sockets.forEach(CuttableLine::close);
		sockets.clear();
	}

	void mend() {
		cut = false;
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				Socket client = server.accept();
				if (cut) {
					close(client);
				}
				else {
					connect(client, new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway));
				}
			}
			catch (IOException closed) {
				// The line is no longer used.
			}
		}
	}

	private void connect(Socket client, Socket upstream) {
		sockets.addAll(List.of(client, upstream));
		Thread.ofVirtual().start(() -> copy(client, upstream));
		Thread.ofVirtual().start(() -> copy(upstream, client));
		if (cut) {
			cut();
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream()) {
			in.transferTo(to.getOutputStream());
		}
		catch (IOException closed) {
			// One side has closed its connection, or the line was cut.
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		cut();
	}

}
