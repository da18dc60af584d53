package io.htgateway.simulator;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The bytes of one object with the headers they are served with. Its type says
 * {@code application/gzip} without a {@code Content-Encoding}.
 */
final class StoredObject {

	/**
	 * The HTTP-date of RFC 9110, section 5.6.7.
	 */
	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final byte[] bytes;

	private final boolean gzip;

	private final Instant updatedAt;

	private StoredObject(byte[] bytes, boolean gzip, Instant updatedAt) {
		this.bytes = bytes;
		this.gzip = gzip;
		this.updatedAt = updatedAt;
	}

	static StoredObject of(byte[] json, Instant updatedAt, boolean gzip) {
		return new StoredObject(gzip ? GzipFile.of(json) : json, gzip, updatedAt);
	}

	byte[] bytes() {
		return this.bytes;
	}

	String contentType() {
		return this.gzip ? "application/gzip" : "application/json";
	}

	/**
	 * The quoted digest of the bytes.
	 */
	String etag() {
		return "\"" + md5(this.bytes) + "\"";
	}

	/**
	 * The time of the state update.
	 */
	String lastModified() {
		return HTTP_DATE.format(this.updatedAt);
	}

	private static String md5(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
