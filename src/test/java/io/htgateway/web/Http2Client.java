package io.htgateway.web;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Connection on which a test writes frames of HTTP/2 that no other client would write
 * (RFC 9113).
 */
public final class Http2Client implements AutoCloseable {

	private static final int ACK = 1;

	private static final int WINDOW = 65_535;

	private static final int PART = 16_384;

	private final RawClient client;

	private boolean reset;

	private final Http2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

	private final Map<Integer, Received> responses = new HashMap<>();

	private Http2Client(RawClient client) {
		this.client = client;
	}

	/**
	 * Received frame.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Frame(int type, int flags, int stream, byte[] payload) {

		boolean endsStream() {
			return (type == Http2Frames.DATA || type == Http2Frames.HEADERS) && (flags & Http2Frames.END_STREAM) != 0;
		}

		int error() {
			return ByteBuffer.wrap(payload).getInt((type == Http2Frames.GOAWAY) ? 4 : 0);
		}

	}

	/**
	 * Response to one request. The status is 0 if the stream was reset or the connection
	 * was closed.
	 */
	public record Answer(int status, String body, int error) {

		boolean isRefused() {
			return status / 100 == 4 || error > 0;
		}

	}

	/**
	 * Starts HTTP/2 on the given connection with prior knowledge.
	 */
	public static Http2Client on(RawClient client) {
		client.send(Http2Frames.PREFACE);
		client.send(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0));
		client.send(Http2Frames.frame(Http2Frames.WINDOW_UPDATE, 0, 0, Http2Frames.hex("3fffffff")));
		return new Http2Client(client);
	}

	/**
	 * Goes on with a connection that has sent the preface.
	 */
	public static Http2Client after(RawClient client) {
		return new Http2Client(client);
	}

	public void send(byte[]... frames) {
		client.send(Http2Frames.join(frames));
	}

	/**
	 * Sends a request without a body.
	 */
	public void request(int stream, byte[] block) {
		if (block.length <= PART) {
			send(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_STREAM | Http2Frames.END_HEADERS, stream,
					block));
			return;
		}
		send(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_STREAM, stream, Arrays.copyOf(block, PART)));
		for (int index = PART; index < block.length; index += PART) {
			int end = Math.min(index + PART, block.length);
			send(Http2Frames.frame(Http2Frames.CONTINUATION, (end == block.length) ? Http2Frames.END_HEADERS : 0,
					stream, Arrays.copyOfRange(block, index, end)));
		}
	}

	/**
	 * Sends a valid request for the given target, and waits for its response.
	 */
	Answer ask(int stream, String target) {
		request(stream, Http2Frames.get(target));
		return answer(stream);
	}

	/**
	 * Returns the next frame that is not housekeeping of the connection, or null if the
	 * connection is closed.
	 */
	public @Nullable Frame read() {
		Frame frame = readAny();
		while (frame != null && (frame.type() == Http2Frames.SETTINGS || frame.type() == Http2Frames.PING
				|| frame.type() == Http2Frames.WINDOW_UPDATE)) {
			if (frame.type() == Http2Frames.SETTINGS) {
				acknowledge(frame);
			}
			frame = readAny();
		}
		return frame;
	}

	private @Nullable Frame readAny() {
		try {
			byte[] head = client.readBytes(Http2Frames.HEAD);
			if (head.length < Http2Frames.HEAD) {
				return null;
			}
			ByteBuffer fields = ByteBuffer.wrap(head);
			int length = fields.getInt() >>> 8;
			return new Frame(head[3], head[4], fields.getInt(5), client.readBytes(length));
		}
		catch (UncheckedIOException ex) {
			reset = ex.getCause() instanceof SocketException;
			return null;
		}
	}

	/**
	 * Sends a body without end, as far as the windows allow.
	 * @return the number of bytes that were accepted until the stream was reset, or the
	 * given limit
	 */
	int sendBody(int stream, int limit) {
		int sent = 0;
		int[] windows = { WINDOW, WINDOW };
		while (sent < limit) {
			int part = Math.min(PART, Math.min(windows[0], windows[1]));
			if (part > 0) {
				send(Http2Frames.frame(Http2Frames.DATA, 0, stream, new byte[part]));
				sent += part;
				windows[0] -= part;
				windows[1] -= part;
				continue;
			}
			Frame frame = readAny();
			if (frame == null || frame.type() == Http2Frames.GOAWAY || frame.type() == Http2Frames.RST_STREAM) {
				return sent;
			}
			if (frame.type() == Http2Frames.WINDOW_UPDATE) {
				windows[(frame.stream() == 0) ? 0 : 1] += ByteBuffer.wrap(frame.payload()).getInt();
			}
		}
		return sent;
	}

	private void acknowledge(Frame settings) {
		if ((settings.flags() & ACK) == 0) {
			try {
				send(Http2Frames.frame(Http2Frames.SETTINGS, ACK, 0));
			}
			catch (UncheckedIOException closed) {
				// The next read reports it.
			}
		}
	}

	/**
	 * Reads until the given stream ends, and returns its response. Responses on other
	 * streams may come before it, and are retained.
	 */
	public Answer answer(int stream) {
		Received wanted = responses.computeIfAbsent(stream, (number) -> new Received());
		while (!wanted.ended) {
			Frame frame = read();
			if (frame == null) {
				return wanted.answer(-1);
			}
			if (frame.type() == Http2Frames.GOAWAY && frame.error() != 0) {
				return wanted.answer(frame.error());
			}
			responses.computeIfAbsent(frame.stream(), (number) -> new Received()).add(frame);
		}
		responses.remove(stream);
		return wanted.answer(wanted.error);
	}

	private final class Received {

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		private int status;

		private int error;

		private boolean ended;

		private void add(Frame frame) {
			switch (frame.type()) {
				case Http2Frames.RST_STREAM -> error = frame.error();
				case Http2Frames.HEADERS -> status = status(frame);
				case Http2Frames.DATA -> body.writeBytes(frame.payload());
				default -> {
					// It changes no response.
				}
			}
			ended |= frame.type() == Http2Frames.RST_STREAM || frame.endsStream();
		}

		private Answer answer(int result) {
			return new Answer(status, body.toString(StandardCharsets.UTF_8), result);
		}

	}

	private int status(Frame frame) {
		try {
			Http2Headers headers = decoder.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(frame.payload()));
			return Integer.parseInt(headers.status().toString());
		}
		catch (Http2Exception ex) {
			throw new AssertionError(ex);
		}
	}

	/**
	 * Returns all frames until the connection is closed.
	 */
	public List<Frame> readToEnd() {
		List<Frame> frames = new ArrayList<>();
		for (Frame frame = read(); frame != null; frame = read()) {
			frames.add(frame);
		}
		return frames;
	}

	/**
	 * Returns whether reading ended with a reset. Frames before it may have been lost.
	 */
	boolean wasReset() {
		return reset;
	}

	/**
	 * Resets the connection.
	 */
	void reset() {
		client.reset();
	}

	@Override
	public void close() {
		client.close();
	}

}
