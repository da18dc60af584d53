package io.htgateway.download;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.htgateway.breaker.Breaker;
import io.htgateway.breaker.CallPermit;
import io.htgateway.download.response.Download;
import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.DownloadFailures;
import io.htgateway.download.response.FileValidators;
import io.htgateway.download.response.Gzip;
import io.htgateway.download.response.PresignedUrl;
import io.htgateway.download.response.StoreResponse;
import io.htgateway.http.OverruledDirectives;
import io.htgateway.work.Work;
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

	private final OverruledDirectives overruled;

	private final WebClient webClient;

	private final AllowedTargets targets;

	private final int maxSize;

	private final Breaker breaker;

	private final Duration limit;

	private final InstantSource dates;

	FileDownloader(WebClient webClient, AllowedTargets targets, Breaker breaker, int maxSize, Duration limit,
			InstantSource dates) {
		this(webClient, targets, breaker, maxSize, limit, dates, new OverruledDirectives("object store"));
	}

	private FileDownloader(WebClient webClient, AllowedTargets targets, Breaker breaker, int maxSize, Duration limit,
			InstantSource dates, OverruledDirectives overruled) {
		this.overruled = overruled;
		this.webClient = webClient;
		this.targets = targets;
		this.maxSize = maxSize;
		this.breaker = breaker;
		this.limit = limit;
		this.dates = dates;
	}

	/**
	 * Returns a downloader of files of another size.
	 * @param size bytes of the largest file
	 */
	public FileDownloader withMaxSize(int size) {
		return new FileDownloader(webClient, targets, breaker, size, limit, dates, overruled);
	}

	/**
	 * Returns a permit for one download, to be closed in the end. Whoever pays for a link
	 * takes it before.
	 * @throws DownloadException.BreakerOpen when most of the latest ones failed, and none
	 * or enough are tried to see
	 */
	public CallPermit reserve() {
		return breaker.reserve(DownloadException.BreakerOpen::new);
	}

	/**
	 * Returns why no file may be fetched from the given place, if none may.
	 */
	public Optional<String> refusal(URI place) {
		return targets.refusal(place);
	}

	/**
	 * The whole file behind the given link. Fails with a {@link DownloadException} only.
	 * @param conditions validators of the file that the caller has stored
	 */
	public Mono<Download> download(PresignedUrl link, FileValidators conditions, CallPermit permit) {
		Mono<Download> hops = hop(link, conditions, 1).timeout(limit)
			.onErrorMap(DownloadFailures::translate)
			.doOnError(DownloadException.class, (failure) -> failure.at(link.uri()));
		return permit.use(hops);
	}

	static boolean isFault(Throwable failure) {
		return switch (failure) {
			case DownloadException.Failed failed -> failed.status() >= 500;
			case DownloadException.Unreachable _, DownloadException.TimedOut _ -> true;
			default -> false;
		};
	}

	private Mono<Download> hop(PresignedUrl link, FileValidators conditions, int number) {
		return Mono.fromCallable(() -> targets.check(link))
			.flatMap((checked) -> request(checked, conditions)
				.exchangeToMono((answer) -> StoreResponse.read(checked, conditions, answer, maxSize, dates.instant())))
			.onErrorMap(DownloadFailures::translate)
			.doOnError(DownloadException.class, (failure) -> failure.at(link.uri()))
			.flatMap((answer) -> switch (answer) {
				case StoreResponse.File file -> file(file);
				case StoreResponse.NotModified confirmed -> confirmed(link, conditions, number, confirmed);
				case StoreResponse.Redirect _ when number == MAX_HOPS ->
					Mono.error(DownloadException.TargetRefused.redirect("too many redirects"));
				case StoreResponse.Redirect redirect -> hop(redirect.target(), conditions, number + 1);
			});
	}

	private WebClient.RequestHeadersSpec<?> request(PresignedUrl link, FileValidators conditions) {
		return webClient.get().uri(link.uri()).headers(conditions::addTo);
	}

	// A 304 for another file than the stored one shows only that another one exists.
	private Mono<Download> confirmed(PresignedUrl link, FileValidators conditions, int number,
			StoreResponse.NotModified confirmed) {
		return confirmed.concerns(conditions) ? Mono.just(confirmed.confirmation())
				: hop(link, FileValidators.NONE, number);
	}

	private Mono<Download> file(StoreResponse.File file) {
		overruled.note(file.headers());
		return unpack(file.bytes()).map(file::unpacked);
	}

	/**
	 * Returns the given bytes, decompressed as often as they are compressed, whatever
	 * their declared coding: no JSON begins like gzip.
	 */
	public Mono<byte[]> unpack(byte[] bytes) {
		// Few bytes may expand to many.
		return Gzip.isCompressed(bytes) ? Work.on(Integer.MAX_VALUE, () -> Gzip.unpack(bytes, maxSize))
				: Mono.just(bytes);
	}

	/**
	 * Longest time that a download takes.
	 */
	public Duration deadline() {
		return limit.plus(MARGIN);
	}

}
