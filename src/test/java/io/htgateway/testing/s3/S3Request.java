package io.htgateway.testing.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Request as it was received.
 *
 * @param head request line and headers
 */
@SuppressWarnings("ArrayRecordComponent")
record S3Request(S3Call call, String head, byte[] body) {

	private static final String END = "\r\n\r\n";

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

	/**
	 * Returns the next request, or nothing at the end of the connection.
	 */
	static Optional<S3Request> read(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (int next = in.read(); next >= 0; next = in.read()) {
			bytes.write(next);
			if (next == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
				return Optional.of(withBody(bytes.toString(StandardCharsets.ISO_8859_1), in));
			}
		}
		return Optional.empty();
	}

	private static S3Request withBody(String head, InputStream in) throws IOException {
		if (head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding:")) {
			throw new IllegalStateException("chunked requests are not supported: " + head);
		}
		Matcher length = LENGTH.matcher(head);
		byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
		if (length.reset().find() && body.length < Integer.parseInt(length.group(1))) {
			throw new EOFException("the request ended within its body");
		}
		String[] line = head.split(" ", 3);
		return new S3Request(S3Call.of(line[0], line[1]), head, body);
	}

	void writeTo(OutputStream out) throws IOException {
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		out.write(body);
		out.flush();
	}

}
