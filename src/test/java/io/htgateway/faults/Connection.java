package io.htgateway.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.SSLSocket;

/**
 * A connection to a server on which one request has been read.
 *
 * @param wire the connection below TLS
 * @param tls the same within TLS
 * @param target what was asked for
 */
record Connection(Socket wire, SSLSocket tls, String target) {

	private static final int LONGER_THAN_ANY_TEST = 20_000;

	/**
	 * What is written to a connection.
	 */
	@FunctionalInterface
	interface Script {

		void run(Connection connection) throws IOException;

	}

	/**
	 * Reads a request up to the end of its head.
	 */
	static Connection read(Socket wire, SSLSocket tls) throws IOException {
		tls.setSoTimeout(LONGER_THAN_ANY_TEST);
		BufferedReader in = new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.US_ASCII));
		String first = in.readLine();
		String line = first;
		while (line != null && !line.isEmpty()) {
			line = in.readLine();
		}
		if (first == null || line == null) {
			throw new IOException("no request");
		}
		return new Connection(wire, tls, first.split(" ", 3)[1]);
	}

	int port() {
		return wire.getLocalPort();
	}

	/**
	 * Sends the given lines with the line ends of HTTP.
	 */
	void send(String lines) throws IOException {
		send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	void send(byte[] bytes) throws IOException {
		OutputStream out = tls.getOutputStream();
		out.write(bytes);
		out.flush();
	}

	/**
	 * Ends the connection with a reset in place of an orderly end.
	 */
	void reset() throws IOException {
		wire.setSoLinger(true, 0);
		wire.close();
	}

	/**
	 * Waits for the other side to close.
	 */
	void hang() throws IOException {
		InputStream in = tls.getInputStream();
		while (in.read() >= 0) {
			// Nothing is expected.
		}
	}

	/**
	 * Waits for the given time, and tells whether the other side is still there.
	 */
	boolean isOpenAfter(Duration pause) throws IOException {
		tls.setSoTimeout(Math.toIntExact(pause.toMillis()));
		try {
			return tls.getInputStream().read() >= 0;
		}
		catch (SocketTimeoutException nothingRead) {
			return true;
		}
	}

}
