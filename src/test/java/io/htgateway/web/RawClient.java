package io.htgateway.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.htgateway.testing.Gateway;

/**
 * Connection on which a test writes bytes that no HTTP client would write.
 */
public final class RawClient implements AutoCloseable {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

	/**
	 * Read timeout in milliseconds. It is longer than any timeout of the gateway, so that
	 * the gateway ends the connection.
	 */
	private static final int LONGEST_SILENCE = 60_000;

	private final Socket socket;

	private RawClient(Socket socket) {
		this.socket = socket;
	}

	public static RawClient of(Gateway gateway) {
		return to(gateway.port());
	}

	public static RawClient to(int port) {
		try {
			Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
			socket.setSoTimeout(LONGEST_SILENCE);
			socket.setTcpNoDelay(true);
			return new RawClient(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Opens a TLS connection for the given protocol, by its name in ALPN.
	 */
	static RawClient secure(int port, SSLContext trust, String protocol) {
		try {
			SSLSocket socket = (SSLSocket) trust.getSocketFactory()
				.createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { protocol });
			socket.setSSLParameters(parameters);
			socket.setSoTimeout(LONGEST_SILENCE);
			socket.setTcpNoDelay(true);
			socket.startHandshake();
			return new RawClient(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void send(String text) {
		send(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	public void send(byte[] bytes) {
		try {
			socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns status line and headers of the next response.
	 */
	public String readHead() {
		try {
			InputStream in = socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int next = in.read();
				if (next < 0) {
					throw new AssertionError("closed after: " + head);
				}
				head.append((char) next);
			}
			return head.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns status line, headers and body, by its length, of the next response.
	 */
	public String read() {
		String head = readHead();
		Matcher length = LENGTH.matcher(head);
		if (!length.find()) {
			throw new AssertionError("no Content-Length: " + head);
		}
		return head + new String(readBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8);
	}

	/**
	 * Returns a GET request of a team.
	 * @param more further header lines, each with its end
	 */
	public static String request(String token, String target, String more) {
		return "GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n" + more + "\r\n";
	}

	/**
	 * Returns the status of a response.
	 */
	public static String status(String response) {
		return response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
	}

	/**
	 * Sends a GET request of a team, and returns the status of its response.
	 * @param more further header lines, each with its end
	 */
	public String ask(String token, String target, String more) {
		send(request(token, target, more));
		return status(read());
	}

	/**
	 * Returns the next bytes; fewer only if the connection is closed before.
	 */
	public byte[] readBytes(int length) {
		try {
			return socket.getInputStream().readNBytes(length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns all bytes until the connection is closed.
	 */
	public String readToEnd() {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(all);
		}
		catch (SocketException reset) {
			// A reset closes the connection as well.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return all.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Waits for the given time, and returns whether the connection is still open then.
	 */
	public boolean isOpenFor(Duration time) {
		try {
			socket.setSoTimeout(Math.toIntExact(time.toMillis()));
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			return false;
		}
		catch (SocketTimeoutException stillOpen) {
			return true;
		}
		catch (IOException reset) {
			return false;
		}
	}

	/**
	 * Resets the connection.
	 */
	public void reset() {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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
