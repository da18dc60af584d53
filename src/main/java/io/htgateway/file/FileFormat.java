package io.htgateway.file;

import java.nio.charset.StandardCharsets;

import io.htgateway.upstream.json.CompleteJson;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/**
 * Format of an endpoint's files.
 *
 * @param name name of a file in messages
 * @param array name of the array that identifies a JSON object as such a file; null if
 * any bytes are a file
 * @param mediaType media type of a file that is not JSON
 */
public record FileFormat(String name, @Nullable String array, String mediaType) {

	/**
	 * Returns the format of JSON objects with the given array. Messages call a file by
	 * the name of that array.
	 */
	public static FileFormat json(String array) {
		return new FileFormat(array, array, MediaType.APPLICATION_JSON_VALUE);
	}

	/**
	 * Returns the format that accepts any bytes as a file.
	 * @param mediaType media type of a file that is not JSON
	 */
	public static FileFormat any(String mediaType) {
		return new FileFormat("file", null, mediaType);
	}

	boolean isFile(JsonEnvelope envelope) {
		return array != null && envelope.arrays().containsKey(array);
	}

	/**
	 * Returns the given file. Fails with {@link UpstreamException.Malformed} if it does
	 * not have this format, or is incomplete JSON.
	 */
	Mono<byte[]> check(byte[] file) {
		String expected = array;
		if (expected != null) {
			return JsonEnvelope.read(file).doOnNext((envelope) -> envelope.array(expected)).thenReturn(file);
		}
		return begins(file, "{") || begins(file, "[") ? CompleteJson.check(file) : Mono.just(file);
	}

	/**
	 * Returns the media type of the given file, by its first bytes: the
	 * <code>Content-Type</code> of an object store is unreliable.
	 */
	String mediaType(byte[] file) {
		return begins(file, "{") || begins(file, "[") ? MediaType.APPLICATION_JSON_VALUE : mediaType;
	}

	static boolean begins(byte[] file, String with) {
		return new String(file, 0, Math.min(file.length, 16), StandardCharsets.US_ASCII).strip().startsWith(with);
	}

}
