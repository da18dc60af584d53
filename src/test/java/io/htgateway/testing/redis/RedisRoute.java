package io.htgateway.testing.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a Redis whose connections can go dead without an end, as where a firewall or a
 * host between is gone.
 */
public final class RedisRoute implements AutoCloseable {

	private final ServerSocket entrance;

	private final RedisServer redis;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile int dead;

	private final AtomicInteger connections = new AtomicInteger();

	private RedisRoute(ServerSocket entrance, RedisServer redis) {
		this.entrance = entrance;
		this.redis = redis;
	}

	/**
	 * A way to the given server.
	 */
	public static RedisRoute to(RedisServer redis) {
		try {
			RedisRoute route = new RedisRoute(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), redis);
			Thread.ofVirtual().start(route::accept);
			return route;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return entrance.getLocalPort();
	}

	/**
	 * Lets nothing pass any more on the connections that there are. Those to come work.
	 */
	public void killSilently() {
		dead = connections.get();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = entrance.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), redis.port());
				sockets.addAll(List.of(client, server));
				int number = connections.getAndIncrement();
				Thread.ofVirtual().start(() -> pump(number, client, server));
				Thread.ofVirtual().start(() -> pump(number, server, client));
			}
		}
		catch (IOException closed) {
			// That is how it ends.
		}
	}

	private void pump(int number, Socket from, Socket to) {
		byte[] buffer = new byte[64 * 1024];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (number >= dead) {
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException closed) {
			// The other end learns of it as the stream is closed.
		}
	}

	@Override
	public void close() throws IOException {
		entrance.close();
		for (Socket socket : sockets) {
			socket.close();
		}
	}

}
