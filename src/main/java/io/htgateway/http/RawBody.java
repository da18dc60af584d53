package io.htgateway.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the body of a response whatever its media type. The client itself fails on a
 * media type that it cannot parse, and leaves the body unread.
 */
public final class RawBody {

	private RawBody() {
	}

	/**
	 * Returns the whole body, or nothing if it is empty. Fails with a
	 * <code>DataBufferLimitException</code> if it has more bytes than the given maximum.
	 */
	public static Mono<byte[]> read(ClientResponse response, int maxSize) {
		return DataBufferUtils.join(buffers(response), maxSize).map(RawBody::bytes);
	}

	/**
	 * Returns the start of the body, or nothing if it is empty. Converts it to an array
	 * before it changes threads: a buffer would leak if the call were cancelled then.
	 */
	public static Mono<byte[]> readStart(ClientResponse response, int size) {
		return DataBufferUtils.join(DataBufferUtils.takeUntilByteCount(buffers(response), size)).map(RawBody::bytes);
	}

	/**
	 * Closes the connection without reading the body, which costs less than reading it.
	 */
	public static void abandon(ClientResponse response) {
		buffers(response).subscribe(DataBufferUtils::release).dispose();
	}

	private static Flux<DataBuffer> buffers(ClientResponse response) {
		return response.body(BodyExtractors.toDataBuffers());
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
