package io.htgateway.cache.disk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import io.htgateway.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Header of a file: the key and the age of the response that follows it. Its binary form
 * is a version, the length and checksum of the rest, and the rest. Times are those of
 * {@link DirectoryClock}.
 *
 * @param key text of the cache key
 * @param subject the subject by which the response is purged, or null if it is not
 * @param fetchedAt when the response was fetched
 * @param usableUntil when it may not be used any more, even stale
 * @param staleFrom when a purge made it stale, or {@link #NEVER}
 * @param evictedFirst whether the file is removed before others when the directory is
 * full
 */
record FileHeader(String key, @Nullable Subject subject, long fetchedAt, long usableUntil, long staleFrom,
		boolean evictedFirst) {

	/**
	 * Later than any time.
	 */
	static final long NEVER = Long.MAX_VALUE;

	/**
	 * Longest form, in bytes. A response with a longer key is not stored.
	 */
	static final int MAX_LENGTH = 8 * 1024;

	/**
	 * Version of the binary form. Files of other versions are not read.
	 */
	private static final int VERSION = 0x48544402;

	private static final int PREFIX = 3 * Integer.BYTES;

	private static final int NAME_BYTES = 16;

	/**
	 * Returns the name of the file for the given key: a digest, because a key contains
	 * values of callers.
	 */
	static String fileName(CacheKey key) {
		return HexFormat.of().formatHex(Sha256.of(key.text()), 0, NAME_BYTES) + ".response";
	}

	/**
	 * Returns the header of a response of the given key.
	 */
	static FileHeader of(CacheKey key, long fetchedAt, long usableUntil, long staleFrom) {
		return new FileHeader(key.text(), key.isPurgeable() ? key.subject() : null, fetchedAt, usableUntil, staleFrom,
				key.isEvictedFirst());
	}

	/**
	 * Returns this header after a purge at the given time.
	 */
	FileHeader staleFrom(long purged) {
		return new FileHeader(key, subject, fetchedAt, usableUntil, Math.min(purged, staleFrom), evictedFirst);
	}

	/**
	 * Returns the binary form.
	 */
	byte[] bytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.write(new byte[PREFIX]);
			byte[] text = key.getBytes(StandardCharsets.UTF_8);
			out.writeInt(text.length);
			out.write(text);
			out.writeLong(fetchedAt);
			out.writeLong(usableUntil);
			out.writeLong(staleFrom);
			out.writeBoolean(evictedFirst);
			out.writeBoolean(subject != null);
			if (subject != null) {
				write(subject, out);
			}
		}
		catch (IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		byte[] form = bytes.toByteArray();
		ByteBuffer.wrap(form).putInt(VERSION).putInt(form.length).putInt(checksum(form, form.length));
		return form;
	}

	private static void write(Subject subject, DataOutputStream out) throws IOException {
		out.writeUTF(subject.endpoint());
		out.writeInt(subject.tags().size());
		for (Map.Entry<String, String> tag : subject.tags().entrySet()) {
			out.writeUTF(tag.getKey());
			out.writeUTF(tag.getValue());
		}
	}

	private static int checksum(byte[] form, int length) {
		CRC32C sum = new CRC32C();
		sum.update(form, PREFIX, length - PREFIX);
		return (int) sum.getValue();
	}

	/**
	 * Reads the header with which the given content begins, or nothing if it has another
	 * version, is incomplete or is damaged.
	 */
	static Optional<FileHeader> read(byte[] content) {
		int length = length(content);
		if (length == 0) {
			return Optional.empty();
		}
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content, PREFIX, length - PREFIX))) {
			String key = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
			long fetchedAt = in.readLong();
			long usableUntil = in.readLong();
			long staleFrom = in.readLong();
			boolean evictedFirst = in.readBoolean();
			Subject subject = in.readBoolean() ? readSubject(in) : null;
			return Optional.of(new FileHeader(key, subject, fetchedAt, usableUntil, staleFrom, evictedFirst));
		}
		catch (IOException | RuntimeException damaged) {
			return Optional.empty();
		}
	}

	private static Subject readSubject(DataInputStream in) throws IOException {
		String endpoint = in.readUTF();
		Map<String, String> tags = new HashMap<>();
		for (int left = in.readInt(); left > 0; left--) {
			tags.put(in.readUTF(), in.readUTF());
		}
		return new Subject(endpoint, tags);
	}

	/**
	 * Returns the length of the header with which the given content begins, or 0 if it is
	 * no header.
	 */
	static int length(byte[] content) {
		if (content.length < PREFIX) {
			return 0;
		}
		ByteBuffer prefix = ByteBuffer.wrap(content);
		int version = prefix.getInt();
		int length = prefix.getInt();
		boolean isHeader = version == VERSION && length >= PREFIX && length <= Math.min(content.length, MAX_LENGTH)
				&& prefix.getInt() == checksum(content, length);
		return isHeader ? length : 0;
	}

}
