package io.htgateway.history.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads the body of an object into memory. Fails if the body is larger than permitted or
 * incomplete.
 */
final class BoundedBody implements AsyncResponseTransformer<GetObjectResponse, byte[]> {

	private final int maxSize;

	// Each attempt replaces it.
	private volatile CompletableFuture<byte[]> body = new CompletableFuture<>();

	// Content-Length of the response, in bytes; negative if the response has none.
	private volatile long length;

	/**
	 * Creates the reader of one body.
	 * @param maxSize maximum size, in bytes
	 */
	BoundedBody(int maxSize) {
		this.maxSize = maxSize;
	}

	@Override
	public CompletableFuture<byte[]> prepare() {
		body = new CompletableFuture<>();
		return body;
	}

	@Override
	public void onResponse(GetObjectResponse response) {
		Long announced = response.contentLength();
		length = (announced != null) ? announced : -1;
	}

	// The SDK accepts a body or even headers that the end of the connection cuts off, so
	// the length is compared here.
	@Override
	public void onStream(SdkPublisher<ByteBuffer> publisher) {
		CompletableFuture<byte[]> result = body;
		long expected = length;
		if (expected < 0 || expected > maxSize) {
			result.completeExceptionally((expected < 0) ? new IOException("the answer has no Content-Length")
					: new TooLargeException(maxSize));
			// Closes the connection.
			Disposable _ = Flux.from(publisher).take(0).subscribe();
			return;
		}
		Disposable _ = Flux.from(publisher)
			.collect(() -> new ByteArrayOutputStream((int) expected), BoundedBody::add)
			.subscribe((content) -> complete(result, content, expected), result::completeExceptionally);
	}

	private static void complete(CompletableFuture<byte[]> result, ByteArrayOutputStream content, long expected) {
		if (content.size() == expected) {
			result.complete(content.toByteArray());
		}
		else {
			result.completeExceptionally(new IOException("the answer ended within the object"));
		}
	}

	private static void add(ByteArrayOutputStream content, ByteBuffer part) {
		byte[] bytes = new byte[part.remaining()];
		part.get(bytes);
		content.writeBytes(bytes);
	}

	@Override
	public void exceptionOccurred(Throwable error) {
		body.completeExceptionally(error);
	}

	/**
	 * Failure of a read whose object is larger than permitted.
	 */
	@SuppressWarnings("serial")
	static final class TooLargeException extends RuntimeException {

		TooLargeException(int maxSize) {
			super("the object is larger than " + maxSize + " bytes", null, false, false);
		}

	}

}
