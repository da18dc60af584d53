package io.htgateway.download.response;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.http.Age;
import io.htgateway.http.RawBody;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answer of an object store to one request, read to its end.
 */
public sealed interface StoreResponse {

	/**
	 * Longest wait for the body of a refusal, whose status is known already.
	 */
	Duration REFUSAL_LIMIT = Duration.ofSeconds(2);

	/**
	 * Reads the given answer. Fails with a {@link DownloadException} if it refuses the
	 * request or has more than <code>maxSize</code> bytes.
	 * @param received time of the answer
	 */
	static Mono<StoreResponse> read(PresignedUrl link, FileValidators conditions, ClientResponse answer, int maxSize,
			Instant received) {
		HttpStatusCode status = answer.statusCode();
		HttpHeaders headers = answer.headers().asHttpHeaders();
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.value() == 200) {
			return file(answer, maxSize, received);
		}
		if (status.is3xxRedirection() && status.value() != 304 && location != null) {
			return answer.releaseBody().then(Mono.fromCallable(() -> new Redirect(link.resolve(location))));
		}
		if (status.value() == 304 && !conditions.isEmpty()) {
			return answer.releaseBody().thenReturn(new NotModified(headers, received));
		}
		return refusal(answer);
	}

	private static Mono<StoreResponse> file(ClientResponse answer, int maxSize, Instant received) {
		HttpHeaders headers = answer.headers().asHttpHeaders();
		if (headers.getContentLength() > maxSize) {
			RawBody.abandon(answer);
			return Mono.error(new DownloadException.Malformed("a file over the size limit"));
		}
		return RawBody.read(answer, maxSize)
			.defaultIfEmpty(new byte[0])
			.map((bytes) -> new File(bytes, headers, received));
	}

	private static Mono<StoreResponse> refusal(ClientResponse answer) {
		return RawBody.readStart(answer, StoreRefusal.MAX_SIZE)
			.timeout(REFUSAL_LIMIT)
			.onErrorComplete()
			.defaultIfEmpty(new byte[0])
			.publishOn(Schedulers.boundedElastic())
			.flatMap((bytes) -> Mono.error(StoreRefusal.read(bytes).failure(answer.statusCode().value())));
	}

	/**
	 * A file, as it was sent.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] bytes, HttpHeaders headers, Instant received) implements StoreResponse {

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
	 * A confirmation of the stored file.
	 */
	record NotModified(HttpHeaders headers, Instant received) implements StoreResponse {

		public boolean concerns(FileValidators stored) {
			return stored.admit(FileValidators.any(headers));
		}

		public Download.NotModified confirmation() {
			return new Download.NotModified(Age.of(headers), FileValidators.of(headers, received));
		}

	}

}
