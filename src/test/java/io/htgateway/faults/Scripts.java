package io.htgateway.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import io.htgateway.faults.Connection.Script;

/**
 * The ways in which a server answers well or badly.
 */
final class Scripts {

	private static final String OK = "HTTP/1.1 200 OK\nConnection: close\n";

	private static final String JSON = "Content-Type: application/json\n";

	private static final String START = "{\"heatmap\":[],\"items\":[],\"fills\":[";

	private static final int CHUNK = 64 * 1024;

	private static final int LARGE = 33 * 1024 * 1024;

	private static final Duration DRIP = Duration.ofMillis(50);

	private Scripts() {
	}

	/**
	 * The given text as it is, and the end of the connection.
	 */
	static Script text(String text) {
		return (connection) -> connection.send(text);
	}

	static Script ok(String header, String body) {
		return ok(header, body.getBytes(StandardCharsets.UTF_8));
	}

	static Script ok(String header, byte[] body) {
		return (connection) -> {
			connection.send(OK + header + "\nContent-Length: " + body.length + "\n\n");
			connection.send(body);
		};
	}

	/**
	 * A redirect, with the server's own port for <code>{port}</code>.
	 */
	static Script redirect(String location) {
		return (connection) -> connection.send("HTTP/1.1 302 Found\nConnection: close\nContent-Length: 0\nLocation: "
				+ location.replace("{port}", Integer.toString(connection.port())) + "\n\n");
	}

	/**
	 * Half of a body whose length is declared.
	 */
	static void halfBody(Connection connection) throws IOException {
		connection.send(OK + JSON + "Content-Length: 1000\n\n" + START);
	}

	/**
	 * Chunks without the last one, though the JSON is complete.
	 */
	static void unfinishedChunks(Connection connection) throws IOException {
		connection.send(OK + JSON + "Transfer-Encoding: chunked\n\n");
		chunk(connection, (START + "]}").getBytes(StandardCharsets.US_ASCII));
	}

	static void resetAfterHeaders(Connection connection) throws IOException {
		connection.send(OK + JSON + "Content-Length: 1000\n\n" + START);
		// So that the headers are read before the reset throws them away.
		connection.isOpenAfter(DRIP);
		connection.reset();
	}

	/**
	 * A byte now and then, in time for each, but never for all.
	 */
	static void drip(Connection connection) throws IOException {
		connection.send(OK + JSON + "Content-Length: 1000000\n\n" + START);
		while (connection.isOpenAfter(DRIP)) {
			connection.send(" ");
		}
	}

	/**
	 * Declares a body that is too large, and sends it so slowly that waiting for it would
	 * be seen.
	 */
	static void largeDeclared(Connection connection) throws IOException {
		connection.send(OK + JSON + "Content-Length: " + LARGE + "\n\n");
		while (connection.isOpenAfter(DRIP)) {
			connection.send(" ");
		}
	}

	/**
	 * A body that is too large, and does not say so.
	 */
	static void largeUndeclared(Connection connection) throws IOException {
		connection.send(OK + JSON + "Transfer-Encoding: chunked\n\n");
		chunk(connection, START.getBytes(StandardCharsets.US_ASCII));
		for (int sent = 0; sent < LARGE; sent += CHUNK) {
			chunk(connection, spaces(CHUNK));
		}
		connection.hang();
	}

	/**
	 * Good JSON that is small only while it is compressed.
	 */
	static Script gzipBomb() {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
			out.write(START.getBytes(StandardCharsets.US_ASCII));
			out.write(spaces(LARGE));
			out.write("]}".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return ok(JSON + "Content-Encoding: gzip", packed.toByteArray());
	}

	private static void chunk(Connection connection, byte[] bytes) throws IOException {
		connection.send(Integer.toHexString(bytes.length) + "\n");
		connection.send(bytes);
		connection.send("\n");
	}

	private static byte[] spaces(int size) {
		byte[] spaces = new byte[size];
		Arrays.fill(spaces, (byte) ' ');
		return spaces;
	}

}
