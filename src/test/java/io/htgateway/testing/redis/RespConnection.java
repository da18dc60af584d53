package io.htgateway.testing.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A connection to Redis that is not built on what the gateway is built on. Replies are a
 * {@code String}, a {@code Long}, bytes, a list of such, or none.
 */
final class RespConnection implements AutoCloseable {

	private final Socket socket;

	private final DataInputStream in;

	private RespConnection(Socket socket, DataInputStream in) {
		this.socket = socket;
		this.in = in;
	}

	static RespConnection open(int port, Duration timeout) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setSoTimeout((int) timeout.toMillis());
			socket.setTcpNoDelay(true);
			socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), (int) timeout.toMillis());
			return new RespConnection(socket, new DataInputStream(new BufferedInputStream(socket.getInputStream())));
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	@Nullable Object ask(List<byte[]> command) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(ascii("*" + command.size() + "\r\n"));
		for (byte[] part : command) {
			request.writeBytes(ascii("$" + part.length + "\r\n"));
			request.writeBytes(part);
			request.writeBytes(ascii("\r\n"));
		}
		socket.getOutputStream().write(request.toByteArray());
		return reply();
	}

	private @Nullable Object reply() throws IOException {
		String line = line();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case ':' -> Long.valueOf(rest);
			case '$' -> bulk(Integer.parseInt(rest));
			case '*' -> list(Integer.parseInt(rest));
			case '-' -> throw new RedisErrorException(rest);
			default -> throw new IOException("not a reply: " + line);
		};
	}

	private byte @Nullable [] bulk(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		line();
		return bytes;
	}

	private @Nullable List<@Nullable Object> list(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> replies = new ArrayList<>();
		while (replies.size() < length) {
			replies.add(reply());
		}
		return replies;
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = in.read(); next != '\n'; next = in.read()) {
			if (next < 0) {
				throw new EOFException("the connection was closed");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.UTF_8).stripTrailing();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}

}
