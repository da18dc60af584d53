package io.htgateway.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The body of a response, read as any type: the client fails on a media type that it
 * cannot parse, and leaves the body unread.
 */
public final class RawBody {

	private RawBody() {
	}

	/**
	 * Returns the whole body, or nothing if it is empty. Fails with a
	 * <code>DataBufferLimitException</code> if it has more bytes than given.
	 */
	public static Mono<byte[]> read(ClientResponse response, int maxSize) {
		return DataBufferUtils.join(buffers(response), maxSize).map(RawBody::bytes);
	}

	/**
	 * Returns the start of the body, or nothing if it is empty. It is an array before it
	 * changes threads: a buffer would leak if the call is cancelled in the meantime.
	 */
	public static Mono<byte[]> readStart(ClientResponse response, int size) {
		return DataBufferUtils.join(DataBufferUtils.takeUntilByteCount(buffers(response), size)).map(RawBody::bytes);
	}

	/**
	 * Closes the connection, which costs less than reading on.
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
