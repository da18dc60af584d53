package io.htgateway.download;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.breaker.Breaker;
import io.htgateway.http.Age;
import io.htgateway.work.Work;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Fetches files behind pre-signed links. It knows no key, sends nothing of a client's,
 * and follows redirects only to places that are allowed.
 */
public final class FileDownloader {

	private static final int MAX_HOPS = 3;

	/**
	 * How much later than its own end a download is given up by others, so that how it
	 * ended is known by then.
	 */
	private static final Duration MARGIN = Duration.ofMillis(500);

	private final OverruledDirectives overruled = new OverruledDirectives();

	private final WebClient webClient;

	private final AllowedTargets targets;

	private final int maxSize;

	private final Breaker breaker;

	private final Duration limit;

	FileDownloader(WebClient webClient, AllowedTargets targets, Breaker breaker, int maxSize, Duration limit) {
		this.webClient = webClient;
		this.targets = targets;
		this.maxSize = maxSize;
		this.breaker = breaker;
		this.limit = limit;
	}

	/**
	 * Fails where a download would be refused now, whatever the link.
	 * @throws DownloadException.BreakerOpen when most of the latest ones failed, and none
	 * or enough are tried to see
	 */
	public void requireAvailable() {
		if (!breaker.hasPlace()) {
			throw new DownloadException.BreakerOpen(breaker.retryAfter());
		}
	}

	/**
	 * The whole file behind the given link. Fails with a {@link DownloadException} only.
	 * @param etag validator of the file that the caller has already, if any
	 */
	public Mono<Download> download(PresignedUrl link, @Nullable String etag) {
		Mono<Download> hops = hop(link, etag, 1).timeout(limit).onErrorMap(DownloadFailures::translate);
		return breaker.protect(hops, DownloadException.BreakerOpen::new);
	}

	static boolean isFault(Throwable failure) {
		return switch (failure) {
			case DownloadException.Failed failed -> failed.status() >= 500;
			case DownloadException.Unreachable _, DownloadException.TimedOut _ -> true;
			default -> false;
		};
	}

	private Mono<Download> hop(PresignedUrl link, @Nullable String etag, int number) {
		return Mono.fromCallable(() -> targets.check(link))
			.flatMap((checked) -> request(checked, etag).exchangeToMono((answer) -> read(checked, etag, answer)))
			.flatMap((outcome) -> switch (outcome) {
				case Outcome.File file -> read(file);
				case Outcome.NotModified(Duration age) -> Mono.just(new Download.NotModified(age));
				case Outcome.Redirect _ when number == MAX_HOPS ->
					Mono.error(new DownloadException.TargetRefused("a link with too many redirects"));
				case Outcome.Redirect redirect -> hop(redirect.target(), etag, number + 1);
			});
	}

	private WebClient.RequestHeadersSpec<?> request(PresignedUrl link, @Nullable String etag) {
		return webClient.get().uri(link.uri()).headers((headers) -> {
			if (etag != null) {
				headers.set(HttpHeaders.IF_NONE_MATCH, etag);
			}
		});
	}

	private Mono<Outcome> read(PresignedUrl link, @Nullable String etag, ClientResponse answer) {
		HttpStatusCode status = answer.statusCode();
		HttpHeaders headers = answer.headers().asHttpHeaders();
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.value() == 200) {
			overruled.note(headers);
			if (headers.getContentLength() > maxSize) {
				return tooLarge(answer);
			}
			return answer.bodyToMono(byte[].class)
				.defaultIfEmpty(new byte[0])
				.map((bytes) -> new Outcome.File(bytes, headers));
		}
		if (status.is3xxRedirection() && location != null) {
			return answer.releaseBody().then(Mono.fromCallable(() -> new Outcome.Redirect(link.resolve(location))));
		}
		if (status.value() == 304 && etag != null) {
			return answer.releaseBody().thenReturn(new Outcome.NotModified(Age.of(headers)));
		}
		return answer.releaseBody()
			.then(Mono.error(() -> (status.value() == 403) ? new DownloadException.LinkExpired()
					: new DownloadException.Failed(status.value())));
	}

	// Closes the connection, which costs less than to read on.
	private static Mono<Outcome> tooLarge(ClientResponse answer) {
		answer.bodyToFlux(DataBuffer.class).subscribe(DataBufferUtils::release).dispose();
		return Mono.error(new DownloadException.Malformed("a file over the size limit"));
	}

	/**
	 * The given bytes, decompressed if they are compressed.
	 */
	public Mono<byte[]> unpack(byte[] bytes) {
		return Gzip.isCompressed(bytes) ? decompress(bytes) : Mono.just(bytes);
	}

	// Little may become much.
	private Mono<byte[]> decompress(byte[] bytes) {
		return Work.on(Integer.MAX_VALUE, () -> Gzip.decompress(bytes, maxSize));
	}

	/**
	 * Longest time that a download takes.
	 */
	public Duration deadline() {
		return limit.plus(MARGIN);
	}

	private Mono<Download> read(Outcome.File file) {
		HttpHeaders headers = file.headers();
		String coding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		boolean declared = "gzip".equalsIgnoreCase(coding) || "x-gzip".equalsIgnoreCase(coding);
		Mono<byte[]> body = declared ? decompress(file.bytes()) : unpack(file.bytes());
		return body.map((bytes) -> new Download.File(bytes, Age.of(headers), headers.getFirst(HttpHeaders.ETAG),
				lastModified(headers)));
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

	private sealed interface Outcome {

		@SuppressWarnings("ArrayRecordComponent")
		record File(byte[] bytes, HttpHeaders headers) implements Outcome {
		}

		record Redirect(PresignedUrl target) implements Outcome {
		}

		record NotModified(Duration age) implements Outcome {
		}

	}

}
