package io.htgateway.history.read;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.SnapshotFormat;
import tools.jackson.databind.json.JsonMapper;

/**
 * Formats a snapshot as one line of newline-delimited JSON.
 */
public final class SnapshotLine {

	private SnapshotLine() {
	}

	/**
	 * Returns the line, with its line feed. A JSON body is embedded byte for byte, except
	 * that spaces replace its line breaks: these can only be insignificant whitespace
	 * (RFC 8259 2).
	 * @param plain the uncompressed body
	 */
	public static byte[] of(Snapshot snapshot, byte[] plain, JsonMapper json) {
		byte[] head = ("{\"time\":\"" + snapshot.time() + "\",\"etag\":\"\\\"" + snapshot.etag() + "\\\"\",\""
				+ ((snapshot.format() == SnapshotFormat.BINARY) ? "base64" : "body") + "\":")
			.getBytes(StandardCharsets.UTF_8);
		byte[] body = value(snapshot.format(), plain, json);
		byte[] line = ByteBuffer.allocate(head.length + body.length + 2)
			.put(head)
			.put(body)
			.put((byte) '}')
			.put((byte) '\n')
			.array();
		for (int index = head.length; index < line.length - 1; index++) {
			line[index] = (line[index] == '\n' || line[index] == '\r') ? (byte) ' ' : line[index];
		}
		return line;
	}

	private static byte[] value(SnapshotFormat format, byte[] plain, JsonMapper json) {
		return switch (format) {
			case JSON -> plain;
			case CSV, TEXT -> json.writeValueAsBytes(new String(plain, StandardCharsets.UTF_8));
			case BINARY -> json.writeValueAsBytes(Base64.getEncoder().encodeToString(plain));
		};
	}

}
