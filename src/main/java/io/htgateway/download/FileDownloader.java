package io.htgateway.download;

import java.time.Duration;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Fetches files behind pre-signed links. It knows no key, sends nothing of a client's,
 * and follows redirects only to places that are allowed.
 */
public final class FileDownloader {

	private static final int MAX_HOPS = 3;

	private final WebClient webClient;

	private final AllowedTargets targets;

	private final int maxSize;

	private final Duration deadline;

	FileDownloader(WebClient webClient, AllowedTargets targets, int maxSize, Duration deadline) {
		this.webClient = webClient;
		this.targets = targets;
		this.maxSize = maxSize;
		this.deadline = deadline;
	}

	/**
	 * The whole file behind the given link. Fails with a {@link DownloadException} only.
	 */
	public Mono<DownloadedFile> download(PresignedUrl link) {
		return hop(link, 1).timeout(deadline).onErrorMap(DownloadFailures::translate);
	}

	private Mono<DownloadedFile> hop(PresignedUrl link, int number) {
		return Mono.fromCallable(() -> targets.check(link))
			.flatMap((checked) -> webClient.get().uri(checked.uri()).exchangeToMono((answer) -> read(checked, answer)))
			.flatMap((outcome) -> switch (outcome) {
				case Outcome.File file ->
					Mono.fromCallable(() -> unpack(file)).subscribeOn(Schedulers.boundedElastic());
				case Outcome.Redirect _ when number == MAX_HOPS ->
					Mono.error(new DownloadException.TargetRefused("a link with too many redirects"));
				case Outcome.Redirect redirect -> hop(redirect.target(), number + 1);
			});
	}

	private Mono<Outcome> read(PresignedUrl link, ClientResponse answer) {
		HttpStatusCode status = answer.statusCode();
		HttpHeaders headers = answer.headers().asHttpHeaders();
		String location = headers.getFirst(HttpHeaders.LOCATION);
		if (status.value() == 200) {
			return answer.bodyToMono(byte[].class)
				.defaultIfEmpty(new byte[0])
				.map((bytes) -> new Outcome.File(bytes, headers));
		}
		if (status.is3xxRedirection() && location != null) {
			return answer.releaseBody().then(Mono.fromCallable(() -> new Outcome.Redirect(link.resolve(location))));
		}
		return answer.releaseBody()
			.then(Mono.error(() -> (status.value() == 403) ? new DownloadException.LinkExpired()
					: new DownloadException.Failed(status.value())));
	}

	private DownloadedFile unpack(Outcome.File file) {
		List<String> codings = file.headers().getOrEmpty(HttpHeaders.CONTENT_ENCODING);
		boolean compressed = codings.contains("gzip") || Gzip.isCompressed(file.bytes());
		byte[] body = compressed ? Gzip.decompress(file.bytes(), maxSize) : file.bytes();
		return new DownloadedFile(body, file.headers().getFirst(HttpHeaders.ETAG),
				file.headers().getFirst(HttpHeaders.LAST_MODIFIED));
	}

	private sealed interface Outcome {

		@SuppressWarnings("ArrayRecordComponent")
		record File(byte[] bytes, HttpHeaders headers) implements Outcome {
		}

		record Redirect(PresignedUrl target) implements Outcome {
		}

	}

}
