package io.htgateway.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that asks for the same again and again, and never twice for one answer. It
 * leaves a connection only when an answer says so.
 */
public final class SteadyClient implements AutoCloseable {

	private static final int PATIENCE_MILLIS = 20_000;

	private static final String LENGTH = "\r\ncontent-length: ";

	private static final String CLOSE = "\r\nconnection: close\r\n";

	private final Gateway gateway;

	private final byte[] request;

	private final AtomicInteger answers = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

	private SteadyClient(Gateway gateway, String target, boolean keeps) {
		this.gateway = gateway;
		this.request = ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (keeps ? "" : "Connection: close\r\n")
				+ "\r\n")
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * One that begins to ask.
	 * @param keeps whether it keeps its connections; otherwise each request has its own
	 */
	public static SteadyClient start(Gateway gateway, String target, boolean keeps) {
		SteadyClient client = new SteadyClient(gateway, target, keeps);
		client.thread.start();
		return client;
	}

	/**
	 * How many answers with status 200 came in full.
	 */
	public int answers() {
		return answers.get();
	}

	/**
	 * What came in place of answers.
	 */
	public List<String> failures() {
		return List.copyOf(failures);
	}

	private void run() {
		while (!stopped) {
			try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port())) {
				socket.setSoTimeout(PATIENCE_MILLIS);
				InputStream in = new BufferedInputStream(socket.getInputStream());
				boolean open = true;
				while (open && !stopped) {
					socket.getOutputStream().write(request);
					open = !read(in).contains(CLOSE);
				}
			}
			catch (IOException ex) {
				failures.add(ex.toString());
			}
		}
	}

	private String read(InputStream in) throws IOException {
		String head = head(in);
		int from = head.indexOf(LENGTH) + LENGTH.length();
		int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
		if (in.readNBytes(length).length < length) {
			throw new EOFException("closed in the body after " + head);
		}
		if (head.startsWith("http/1.1 200 ")) {
			answers.incrementAndGet();
		}
		else {
			failures.add(head);
		}
		return head;
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
			int next = in.read();
			if (next < 0) {
				throw new EOFException("closed after '" + head + "'");
			}
			head.append((char) next);
		}
		return head.toString().toLowerCase(Locale.ROOT);
	}

	/**
	 * Asks no more, and waits for the last answer.
	 */
	@Override
	public void close() {
		stopped = true;
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
