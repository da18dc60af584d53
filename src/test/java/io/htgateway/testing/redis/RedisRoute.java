package io.htgateway.testing.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A route to a Redis that can hold back answers, and whose connections can go dead
 * without an end, as where a firewall or a host between is gone.
 */
public final class RedisRoute implements AutoCloseable {

	private final ServerSocket entrance;

	private final RedisServer redis;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile int dead;

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicReference<Hold> hold = new AtomicReference<>(Hold.NONE);

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

	/**
	 * Holds back the next answers that contain the given text, each for the given time,
	 * and with them all that follows on their connection.
	 */
	public void holdBack(int answers, String text, Duration time) {
		hold.set(new Hold(answers, text, time));
	}

	/**
	 * How many answers are still to be held back.
	 */
	public int toHoldBack() {
		return hold.get().answers();
	}

	/**
	 * Closes all connections. Those to come work.
	 */
	public void closeConnections() throws IOException {
		for (Socket socket : sockets) {
			socket.close();
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket client = entrance.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), redis.port());
				sockets.addAll(List.of(client, server));
				int number = connections.getAndIncrement();
				Thread.ofVirtual().start(() -> pump(number, client, server, false));
				Thread.ofVirtual().start(() -> pump(number, server, client, true));
			}
		}
		catch (IOException closed) {
			// That is how it ends.
		}
	}

	private void pump(int number, Socket from, Socket to, boolean answers) {
		byte[] buffer = new byte[64 * 1024];
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (number >= dead) {
					if (answers) {
						holdBack(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
					}
					out.write(buffer, 0, read);
				}
			}
		}
		catch (IOException | InterruptedException closed) {
			// The other end learns of it as the stream is closed.
		}
	}

	private void holdBack(String answer) throws InterruptedException {
		Hold before = hold.getAndUpdate((now) -> now.concerns(answer) ? now.next() : now);
		if (before.concerns(answer)) {
			Thread.sleep(before.time());
		}
	}

	@Override
	public void close() throws IOException {
		entrance.close();
		closeConnections();
	}

	private record Hold(int answers, String text, Duration time) {

		private static final Hold NONE = new Hold(0, "", Duration.ZERO);

		private boolean concerns(String answer) {
			return answers > 0 && answer.contains(text);
		}

		private Hold next() {
			return new Hold(answers - 1, text, time);
		}

	}

}
