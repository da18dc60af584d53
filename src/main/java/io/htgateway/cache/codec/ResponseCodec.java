package io.htgateway.cache.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.SecondLevelCache.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a response in a second tier: version, checksum of the rest,
 * lifetime, age at its source, validators of its source and the name of its load, media
 * type, entity tag, and its bytes, as gzip if that is smaller. In Redis the form follows
 * the time when the response was fetched, by the clock of Redis.
 */
public final class ResponseCodec {

	/**
	 * Version of the binary form. Responses of other versions are not read.
	 */
	private static final int VERSION = 0x48540003;

	/**
	 * Longest body in bytes, so that a foreign value cannot claim more.
	 */
	private static final int MAX_BODY = 64 * 1024 * 1024;

	private ResponseCodec() {
	}

	/**
	 * Returns the form of the given response.
	 */
	public static byte[] write(Entry entry) {
		CachedResponse response = entry.response().withGzip();
		Origin origin = response.origin();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeInt(VERSION);
			out.writeInt(0);
			out.writeLong(entry.lifetime().toMillis());
			out.writeLong(origin.age().toMillis());
			writeText(out, origin.etag());
			writeDate(out, origin.lastModified());
			writeText(out, origin.load());
			writeDate(out, origin.updatedAt());
			out.writeUTF(response.contentType());
			out.writeUTF(response.identity().etag());
			out.writeInt(response.identity().length());
			out.writeBoolean(response.gzip() != null);
			out.write((response.gzip() != null) ? response.gzip().bytes() : response.identity().bytes());
		}
		catch (IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		byte[] form = bytes.toByteArray();
		ByteBuffer.wrap(form).putInt(Integer.BYTES, checksum(form, 0));
		return form;
	}

	private static int checksum(byte[] form, int offset) {
		CRC32C sum = new CRC32C();
		int start = offset + 2 * Integer.BYTES;
		sum.update(form, start, form.length - start);
		return (int) sum.getValue();
	}

	/**
	 * Reads the response of the given form, or nothing if the form has another version or
	 * is damaged.
	 * @param offset where the form begins
	 * @param fetchedAt when the response was fetched, by this replica's clock
	 */
	public static Optional<Entry> read(byte[] form, int offset, Instant fetchedAt) {
		try (DataInputStream in = new DataInputStream(
				new ByteArrayInputStream(form, offset, Math.max(0, form.length - offset)))) {
			boolean isValid = in.readInt() == VERSION && in.readInt() == checksum(form, offset);
			return isValid ? readContent(in, fetchedAt) : Optional.empty();
		}
		catch (IOException | RuntimeException damaged) {
			return Optional.empty();
		}
	}

	private static Optional<Entry> readContent(DataInputStream in, Instant fetchedAt) throws IOException {
		Duration lifetime = Duration.ofMillis(in.readLong());
		Duration age = Duration.ofMillis(in.readLong());
		String sourceTag = readText(in);
		Origin origin = new Origin(fetchedAt, age, sourceTag, readDate(in), readText(in), readDate(in));
		String contentType = in.readUTF();
		String etag = in.readUTF();
		int length = in.readInt();
		if (lifetime.isNegative() || age.isNegative() || length < 0 || length > MAX_BODY) {
			return Optional.empty();
		}
		boolean gzip = in.readBoolean();
		CachedResponse response = gzip ? CachedResponse.ofGzip(in.readAllBytes(), length, contentType, origin)
				: CachedResponse.of(in.readAllBytes(), contentType, origin);
		return response.identity().etag().equals(etag) ? Optional.of(new Entry(response, lifetime)) : Optional.empty();
	}

	private static void writeDate(DataOutputStream out, @Nullable Instant date) throws IOException {
		out.writeLong((date != null) ? date.toEpochMilli() : Long.MIN_VALUE);
	}

	private static @Nullable Instant readDate(DataInputStream in) throws IOException {
		long date = in.readLong();
		return (date != Long.MIN_VALUE) ? Instant.ofEpochMilli(date) : null;
	}

	private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
		out.writeBoolean(text != null);
		if (text != null) {
			out.writeUTF(text);
		}
	}

	private static @Nullable String readText(DataInputStream in) throws IOException {
		return in.readBoolean() ? in.readUTF() : null;
	}

}
