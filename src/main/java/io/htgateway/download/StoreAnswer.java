package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.http.Age;
import io.htgateway.http.RawBody;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Answer of an object store to one request, read to its end.
 */
sealed interface StoreAnswer {

	/**
	 * Longest wait for the body of a refusal, whose status is known already.
	 */
	Duration REFUSAL_LIMIT = Duration.ofSeconds(2);

	/**
	 * Reads the given answer. Fails with a {@link DownloadException} if it refuses the
	 * request or has more than <code>maxSize</code> bytes.
	 */
	static Mono<StoreAnswer> read(PresignedUrl link, Conditions conditions, ClientResponse answer, int maxSize) {
		HttpStatusCode status = answer.statusCode();
		HttpHeaders headers = answer.headers().asHttpHeaders();
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.value() == 200) {
			return file(answer, maxSize);
		}
		if (status.is3xxRedirection() && status.value() != 304 && location != null) {
			return answer.releaseBody().then(Mono.fromCallable(() -> new Redirect(link.resolve(location))));
		}
		if (status.value() == 304 && !conditions.isEmpty()) {
			return answer.releaseBody().thenReturn(new NotModified(headers));
		}
		return refusal(answer);
	}

	private static Mono<StoreAnswer> file(ClientResponse answer, int maxSize) {
		HttpHeaders headers = answer.headers().asHttpHeaders();
		if (headers.getContentLength() > maxSize) {
			RawBody.abandon(answer);
			return Mono.error(new DownloadException.Malformed("a file over the size limit"));
		}
		return RawBody.read(answer, maxSize).defaultIfEmpty(new byte[0]).map((bytes) -> new File(bytes, headers));
	}

	private static Mono<StoreAnswer> refusal(ClientResponse answer) {
		return RawBody.readStart(answer, StoreRefusal.MAX_SIZE)
			.timeout(REFUSAL_LIMIT)
			.onErrorComplete()
			.defaultIfEmpty(new byte[0])
			.publishOn(Schedulers.boundedElastic())
			.flatMap((bytes) -> Mono.error(StoreRefusal.read(bytes).failure(answer.statusCode().value())));
	}

	private static Conditions validators(HttpHeaders headers) {
		return new Conditions(headers.getFirst(HttpHeaders.ETAG), lastModified(headers));
	}

	private static @Nullable Instant lastModified(HttpHeaders headers) {
		try {
			long millis = headers.getLastModified();
			return (millis >= 0) ? Instant.ofEpochMilli(millis) : null;
		}
		catch (IllegalArgumentException notDate) {
			return null;
		}
	}

	/**
	 * A file, as it was sent.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] bytes, HttpHeaders headers) implements StoreAnswer {

		Download.File unpacked(byte[] plain) {
			Conditions validators = validators(headers);
			return new Download.File(plain, Age.of(headers), validators.etag(), validators.lastModified(),
					ContentCodings.unsupported(headers));
		}

	}

	/**
	 * A redirect.
	 */
	record Redirect(PresignedUrl target) implements StoreAnswer {
	}

	/**
	 * A confirmation of the stored file.
	 */
	record NotModified(HttpHeaders headers) implements StoreAnswer {

		Download.NotModified confirmation() {
			return new Download.NotModified(Age.of(headers), validators());
		}

		Conditions validators() {
			return StoreAnswer.validators(headers);
		}

	}

}
