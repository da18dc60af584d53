package io.htgateway.download.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.htgateway.http.Age;
import io.htgateway.http.RawBody;
import io.htgateway.http.RetryAfterHeader;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Response of an object store to one request, read to its end.
 */
public sealed interface StoreResponse {

	/**
	 * Longest wait for the body of a refusal. Its status alone is enough for a result.
	 */
	Duration REFUSAL_LIMIT = Duration.ofSeconds(2);

	/**
	 * Reads the given response. Fails with a {@link DownloadException} if it refuses the
	 * request or has more than <code>maxSize</code> bytes.
	 * @param conditions validators that were sent
	 * @param received time of the response
	 */
	static Mono<StoreResponse> read(PresignedUrl link, FileValidators conditions, ClientResponse response, int maxSize,
			Instant received) {
		HttpStatusCode status = response.statusCode();
		HttpHeaders headers = response.headers().asHttpHeaders();
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.value() == 200) {
			return file(response, maxSize, received);
		}
		if (status.is3xxRedirection() && status.value() != 304 && location != null) {
			return response.releaseBody().then(Mono.fromCallable(() -> new Redirect(link.resolve(location))));
		}
		if (status.value() == 304 && !conditions.isEmpty()) {
			return response.releaseBody().thenReturn(new NotModified(headers, received));
		}
		return refusal(response, RetryAfterHeader.of(headers, received));
	}

	private static Mono<StoreResponse> file(ClientResponse response, int maxSize, Instant received) {
		HttpHeaders headers = response.headers().asHttpHeaders();
		if (headers.getContentLength() > maxSize) {
			RawBody.abandon(response);
			return Mono.error(new DownloadException.Malformed("a file over the size limit"));
		}
		return RawBody.read(response, maxSize)
			.defaultIfEmpty(new byte[0])
			.map((bytes) -> new File(bytes, headers, received));
	}

	private static Mono<StoreResponse> refusal(ClientResponse response, Optional<Duration> wait) {
		return RawBody.readStart(response, StoreRefusal.MAX_SIZE)
			.timeout(REFUSAL_LIMIT)
			.onErrorComplete()
			.defaultIfEmpty(new byte[0])
			.publishOn(Schedulers.boundedElastic())
			.flatMap((bytes) -> Mono.error(StoreRefusal.read(bytes).failure(response.statusCode().value(), wait)));
	}

	/**
	 * A file in the bytes that were sent, possibly compressed.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] bytes, HttpHeaders headers, Instant received) implements StoreResponse {

		/**
		 * Returns the file with the given decompressed bytes.
		 */
		public Download.File unpacked(byte[] plain) {
			return new Download.File(plain, Age.of(headers), FileValidators.of(headers, received),
					ContentCodings.unsupported(headers));
		}

	}

	/**
	 * A redirect.
	 */
	record Redirect(PresignedUrl target) implements StoreResponse {
	}

	/**
	 * A confirmation of a stored file (304).
	 */
	record NotModified(HttpHeaders headers, Instant received) implements StoreResponse {

		/**
		 * Returns whether it confirms the file with the given validators.
		 */
		public boolean confirms(FileValidators stored) {
			return stored.matches(FileValidators.all(headers));
		}

		/**
		 * Returns the confirmation with its age and validators.
		 */
		public Download.NotModified confirmation() {
			return new Download.NotModified(Age.of(headers), FileValidators.of(headers, received));
		}

	}

}
