package io.htgateway.testing.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Proxy in front of an S3 server, which can be closed and made faulty. It passes requests
 * and responses on byte for byte, because the host name and the port are signed.
 */
final class S3Front implements AutoCloseable {

	private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

	private static final int BUFFER = 64 * 1024;

	private final int port;

	private final int server;

	private final Map<S3Call, AtomicInteger> calls = new ConcurrentHashMap<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicLong sent = new AtomicLong();

	private volatile S3Fault fault = new S3Fault.None();

	private volatile String lastHead = "";

	private volatile ServerSocket entrance;

	S3Front(int port, int server) {
		this.port = port;
		this.server = server;
		entrance = open();
	}

	int port() {
		return port;
	}

	int calls(S3Call call) {
		return calls.computeIfAbsent(call, (first) -> new AtomicInteger()).get();
	}

	String lastHead() {
		return lastHead;
	}

	long sent() {
		return sent.get();
	}

	int connections() {
		return sockets.size() / 2;
	}

	/**
	 * Replaces the fault. Delayed requests continue.
	 */
	void become(S3Fault next) {
		S3Fault before = fault;
		fault = next;
		if (before instanceof S3Fault.Late late) {
			late.released().countDown();
		}
	}

	synchronized void shut() {
		try {
			entrance.close();
			for (Socket socket : sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	synchronized void reopen() {
		if (entrance.isClosed()) {
			entrance = open();
		}
	}

	private ServerSocket open() {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(LOOPBACK, port), 100);
			Thread.ofVirtual().start(() -> accept(socket));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept(ServerSocket socket) {
		while (!socket.isClosed()) {
			try {
				Socket client = socket.accept();
				Thread.ofVirtual().start(() -> serve(client));
			}
			catch (IOException closed) {
				return;
			}
		}
	}

	private void serve(Socket client) {
		try (client; Socket backend = new Socket(LOOPBACK, server)) {
			sockets.add(client);
			sockets.add(backend);
			Thread.ofVirtual().start(() -> passBack(backend, client));
			InputStream in = new BufferedInputStream(client.getInputStream());
			for (Optional<S3Request> next = S3Request.read(in); next.isPresent(); next = S3Request.read(in)) {
				answer(next.get(), client, backend);
			}
			sockets.remove(backend);
		}
		catch (IOException | InterruptedException closed) {
			// The client or the server closed the connection.
		}
		finally {
			sockets.remove(client);
		}
	}

	private void answer(S3Request request, Socket client, Socket backend) throws IOException, InterruptedException {
		calls.computeIfAbsent(request.call(), (first) -> new AtomicInteger()).incrementAndGet();
		lastHead = request.head();
		switch (fault) {
			case S3Fault.Refusal refusal when refusal.calls().contains(request.call()) ->
				client.getOutputStream().write(refusal.answer());
			case S3Fault.Late late -> {
				boolean _ = late.released().await(late.time().toMillis(), TimeUnit.MILLISECONDS);
				request.writeTo(backend.getOutputStream());
			}
			default -> request.writeTo(backend.getOutputStream());
		}
	}

	private void passBack(Socket backend, Socket client) {
		byte[] buffer = new byte[BUFFER];
		try (backend; client; InputStream in = backend.getInputStream(); OutputStream out = client.getOutputStream()) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				if (fault instanceof S3Fault.Cut cut) {
					out.write(buffer, 0, Math.min(read, cut.bytes()));
					return;
				}
				out.write(buffer, 0, read);
				sent.addAndGet(read);
			}
		}
		catch (IOException closed) {
			// The try statement closes the connection of the other side as well.
		}
		finally {
			sockets.remove(backend);
		}
	}

	@Override
	public void close() {
		become(new S3Fault.None());
		shut();
	}

}
