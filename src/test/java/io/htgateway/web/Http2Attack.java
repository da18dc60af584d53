package io.htgateway.web;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import org.springframework.boot.test.system.CapturedOutput;

import static io.htgateway.web.Http2Frames.CONTINUATION;
import static io.htgateway.web.Http2Frames.DATA;
import static io.htgateway.web.Http2Frames.END_HEADERS;
import static io.htgateway.web.Http2Frames.END_STREAM;
import static io.htgateway.web.Http2Frames.GOAWAY;
import static io.htgateway.web.Http2Frames.HEADERS;
import static io.htgateway.web.Http2Frames.PING;
import static io.htgateway.web.Http2Frames.RST_STREAM;
import static io.htgateway.web.Http2Frames.SETTINGS;
import static io.htgateway.web.Http2Frames.WINDOW_UPDATE;
import static io.htgateway.web.Http2Frames.block;
import static io.htgateway.web.Http2Frames.frame;
import static io.htgateway.web.Http2Frames.get;
import static io.htgateway.web.Http2Frames.hex;
import static io.htgateway.web.Http2Frames.join;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attacks on an HTTP/2 connection: frames that the protocol forbids, or far too many
 * frames that it allows. Each contains a token if it can, so that a test can check that
 * no token is logged.
 */
enum Http2Attack {

	OVERSIZED_FRAME(frame(1 << 20, DATA, 0, 3, token())),

	DATA_ON_CONNECTION(frame(DATA, 0, 0, token())),

	DATA_ON_IDLE_STREAM(frame(DATA, 0, 9, token())),

	DATA_WITH_TOO_LONG_PADDING(frame(HEADERS, END_HEADERS, 3, request()), frame(DATA, 8, 3, hex("ff0000"))),

	HEADERS_ON_CONNECTION(frame(HEADERS, END_HEADERS | END_STREAM, 0, request())),

	HEADERS_ON_EVEN_STREAM(frame(HEADERS, END_HEADERS | END_STREAM, 2, request())),

	HEADERS_ON_EARLIER_STREAM(frame(HEADERS, END_HEADERS | END_STREAM, 9, request()),
			frame(HEADERS, END_HEADERS | END_STREAM, 5, request()), frame(DATA, 0, 0)),

	HEADERS_THAT_DEPEND_ON_THEMSELVES(frame(2, 0, 3, hex("0000000310")),
			frame(HEADERS, END_HEADERS | END_STREAM | 0x20, 5, join(hex("0000000510"), request())), frame(DATA, 0, 0)),

	HEADERS_CUT_SHORT_BY_PING(frame(HEADERS, END_STREAM, 3, request()), frame(PING, 0, 0, new byte[8])),

	CONTINUATION_OF_NOTHING(frame(CONTINUATION, END_HEADERS, 3, request())),

	CONTINUATION_OF_ANOTHER_STREAM(frame(HEADERS, END_STREAM, 3, request()),
			frame(CONTINUATION, END_HEADERS, 5, request())),

	PUSH_PROMISE(frame(5, END_HEADERS, 3, join(hex("00000004"), request()))),

	HPACK_INDEX_THAT_IS_NONE(frame(HEADERS, END_HEADERS | END_STREAM, 3, hex("ff ff ff ff 0f"))),

	HPACK_INTEGER_WITHOUT_END(frame(HEADERS, END_HEADERS | END_STREAM, 3, hex("ff ff ff ff ff ff ff ff ff ff"))),

	HPACK_STRING_CUT_SHORT(frame(HEADERS, END_HEADERS | END_STREAM, 3, hex("00 7f 61 62"))),

	HPACK_HUFFMAN_THAT_IS_NONE(frame(HEADERS, END_HEADERS | END_STREAM, 3, hex("00 01 61 84 ff ff ff ff"))),

	HPACK_TABLE_TOO_LARGE(frame(HEADERS, END_HEADERS | END_STREAM, 3, hex("3f ff ff ff 07"))),

	HPACK_BOMB(bomb()),

	PING_OF_WRONG_LENGTH(frame(PING, 0, 0, new byte[7])),

	PING_ON_STREAM(frame(PING, 0, 3, new byte[8])),

	GOAWAY_ON_STREAM(frame(GOAWAY, 0, 3, new byte[8])),

	GOAWAY_TOO_SHORT(frame(GOAWAY, 0, 0, new byte[3])),

	RESET_OF_CONNECTION(frame(RST_STREAM, 0, 0, new byte[4])),

	RESET_OF_IDLE_STREAM(frame(RST_STREAM, 0, 33, new byte[4])),

	RESET_OF_WRONG_LENGTH(frame(RST_STREAM, 0, 3, new byte[3])),

	PRIORITY_OF_CONNECTION(frame(2, 0, 0, new byte[5])),

	SETTINGS_ON_STREAM(frame(SETTINGS, 0, 3)),

	SETTINGS_OF_WRONG_LENGTH(frame(SETTINGS, 0, 0, new byte[5])),

	SETTINGS_ACK_WITH_PAYLOAD(frame(SETTINGS, 1, 0, new byte[6])),

	SETTINGS_WITH_WINDOW_TOO_LARGE(frame(SETTINGS, 0, 0, hex("0004 ffffffff"))),

	SETTINGS_WITH_FRAME_TOO_SMALL(frame(SETTINGS, 0, 0, hex("0005 00000001"))),

	SETTINGS_WITH_PUSH_THAT_IS_NONE(frame(SETTINGS, 0, 0, hex("0002 00000002"))),

	WINDOW_OVERFLOW(frame(WINDOW_UPDATE, 0, 0, hex("7fffffff")), frame(WINDOW_UPDATE, 0, 0, hex("7fffffff"))),

	WINDOW_UPDATE_BY_NOTHING(frame(WINDOW_UPDATE, 0, 0, hex("00000000"))),

	WINDOW_UPDATE_OF_WRONG_LENGTH(frame(WINDOW_UPDATE, 0, 0, new byte[3])),

	WINDOW_UPDATE_OF_IDLE_STREAM(frame(WINDOW_UPDATE, 0, 33, hex("00000001"))),

	GARBAGE("\u00ff\u00fe~ canary-token-5c1e ".repeat(40).getBytes(StandardCharsets.ISO_8859_1)),

	HTTP1("GET /a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer canary-token-5c1e\r\n\r\n".repeat(10)
		.getBytes(StandardCharsets.ISO_8859_1)),

	RAPID_RESET(repeat(3000,
			(stream) -> join(frame(HEADERS, END_HEADERS | END_STREAM, stream, request()),
					frame(RST_STREAM, 0, stream, hex("00000008"))))),

	MADE_YOU_RESET(repeat(3000,
			(stream) -> join(frame(HEADERS, END_HEADERS, stream, request()),
					frame(WINDOW_UPDATE, 0, stream, hex("00000000"))))),

	MALFORMED_REQUESTS(repeat(3000,
			(stream) -> frame(HEADERS, END_HEADERS | END_STREAM, stream,
					join(request(), block("Upper", "canary-token-5c1e"))))),

	EMPTY_DATA(frame(HEADERS, END_HEADERS, 3, request()), repeat(1000, (stream) -> frame(DATA, 0, 3))),

	EMPTY_CONTINUATIONS(frame(HEADERS, END_STREAM, 3), repeat(1000, (stream) -> frame(CONTINUATION, 0, 3))),

	SMALL_CONTINUATIONS(frame(HEADERS, END_STREAM, 3, request()),
			repeat(1000, (stream) -> frame(CONTINUATION, 0, 3, block("a", "b"))));

	/**
	 * Canary of an attack, which must not be logged.
	 */
	static final String TOKEN = "canary-token-5c1e";

	@SuppressWarnings("ImmutableEnumChecker")
	private final byte[] bytes;

	Http2Attack(byte[]... parts) {
		this.bytes = join(parts);
	}

	byte[] bytes() {
		return bytes.clone();
	}

	/**
	 * Attacks a connection, and asserts that this connection ends, that at most one line
	 * is logged, and that another connection is still answered.
	 */
	void run(Supplier<Http2Client> attacker, Supplier<Http2Client> other, String target, CapturedOutput output) {
		int before = output.length();
		try (Http2Client bystander = other.get()) {
			try (Http2Client client = attacker.get()) {
				send(client, bytes);
				boolean farewell = client.readToEnd().stream().anyMatch((frame) -> frame.type() == GOAWAY);
				assertThat(farewell || (isFlood() && client.wasReset())).isTrue();
			}
			bystander.request(1, get(target));
			assertThat(bystander.answer(1).status()).isEqualTo(200);
		}
		String log = output.toString().substring(before);
		assertThat(linesIn(log)).hasSizeLessThanOrEqualTo(1);
		assertThat(log).doesNotContain(TOKEN);
	}

	// A kernel that receives more than the server reads resets the connection, and the
	// client loses the bytes that it has not read.
	private boolean isFlood() {
		return bytes.length > 65_536;
	}

	static void send(Http2Client client, byte[] bytes) {
		try {
			client.send(bytes);
		}
		catch (UncheckedIOException closed) {
			// The server closed the connection before all bytes were sent.
		}
	}

	/**
	 * Returns the lines of the given log that are not of requests.
	 */
	static List<String> linesIn(String log) {
		return log.lines().filter((line) -> !line.contains("io.htgateway.access")).toList();
	}

	private static byte[] token() {
		return "canary-token-5c1e".getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] request() {
		return get("/v3/nothing?canary-token-5c1e", "authorization", "Bearer canary-token-5c1e");
	}

	// One large field of the dynamic table, and many references to it.
	private static byte[] bomb() {
		byte[] references = new byte[16_000];
		Arrays.fill(references, (byte) 0xbe);
		byte[] field = join(hex("40 01 61 7f 81 1e"), "x".repeat(4000).getBytes(StandardCharsets.US_ASCII));
		return join(frame(HEADERS, END_STREAM, 3, join(request(), field)),
				frame(CONTINUATION, END_HEADERS, 3, references), frame(DATA, 0, 0));
	}

	private static byte[] repeat(int times, IntFunction<byte[]> part) {
		byte[][] parts = new byte[times][];
		for (int index = 0; index < times; index++) {
			parts[index] = part.apply(2 * index + 3);
		}
		return join(parts);
	}

}
