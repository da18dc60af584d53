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
 * Downloads files behind pre-signed links. Sends neither the API key nor anything of the
 * caller's request, and follows redirects only to allowed targets, at most two.
 */
public final class FileDownloader {

	private static final int MAX_HOPS = 3;

	/**
	 * Time by which {@link #deadline} exceeds the time limit of a download, so that its
	 * own failure is known first.
	 */
	private static final Duration MARGIN = Duration.ofMillis(500);

	private final OverruledDirectives overruled;

	private final WebClient webClient;

	private final AllowedTargets targets;

	private final int maxSize;

	private final Breaker breaker;

	private final StorePause pause;

	private final Duration limit;

	private final InstantSource clock;

	FileDownloader(WebClient webClient, AllowedTargets targets, Breaker breaker, StorePause pause, int maxSize,
			Duration limit, InstantSource clock) {
		this(webClient, targets, breaker, pause, maxSize, limit, clock, new OverruledDirectives("object store"));
	}

	private FileDownloader(WebClient webClient, AllowedTargets targets, Breaker breaker, StorePause pause, int maxSize,
			Duration limit, InstantSource clock, OverruledDirectives overruled) {
		this.pause = pause;
		this.overruled = overruled;
		this.webClient = webClient;
		this.targets = targets;
		this.maxSize = maxSize;
		this.breaker = breaker;
		this.limit = limit;
		this.clock = clock;
	}

	/**
	 * Returns a downloader with another size limit.
	 * @param size largest file in bytes
	 */
	public FileDownloader withMaxSize(int size) {
		return new FileDownloader(webClient, targets, breaker, pause, size, limit, clock, overruled);
	}

	/**
	 * Returns a permit for one download. Reserve it before the upstream call for the
	 * link, which would be wasted without a download, and close it in any case.
	 * @throws DownloadException.BreakerOpen if the breaker permits no download
	 * @throws DownloadException.Paused if the object store asked for a pause
	 */
	public CallPermit reserve() {
		pause.admit();
		return breaker.reserve(DownloadException.BreakerOpen::new);
	}

	/**
	 * Returns why the given target is refused, or an empty value if it is allowed.
	 */
	public Optional<String> refusal(URI target) {
		return targets.refusal(target);
	}

	/**
	 * Downloads the whole file behind the given link, or confirms the stored one. Fails
	 * only with a {@link DownloadException}.
	 * @param conditions validators of the stored file, or {@link FileValidators#NONE}
	 */
	public Mono<Download> download(PresignedUrl link, FileValidators conditions, CallPermit permit) {
		Mono<Download> hops = hop(link, conditions, 1).timeout(limit)
			.onErrorMap(DownloadFailures::translate)
			.doOnSuccess((download) -> pause.end())
			.onErrorMap(DownloadException.class, this::paused)
			.doOnError(DownloadException.class, (failure) -> failure.targetedAt(link.uri()));
		return permit.use(hops);
	}

	// Any other answer of the store than an error of its own ends the pause.
	private DownloadException paused(DownloadException failure) {
		switch (failure) {
			case DownloadException.SlowDown slowDown -> {
				return slowDown.pausedFor(pause.begin(slowDown.retryAfter()));
			}
			case DownloadException.LinkExpired _, DownloadException.NotFound _ -> pause.end();
			default -> {
			}
		}
		return failure;
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
			.flatMap((checked) -> request(checked, conditions).exchangeToMono(
					(response) -> StoreResponse.read(checked, conditions, response, maxSize, clock.instant())))
			.onErrorMap(DownloadFailures::translate)
			.doOnError(DownloadException.class, (failure) -> failure.targetedAt(link.uri()))
			.flatMap((response) -> switch (response) {
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

	// A 304 for another file than the stored one confirms nothing: download the file
	// without conditions.
	private Mono<Download> confirmed(PresignedUrl link, FileValidators conditions, int number,
			StoreResponse.NotModified confirmed) {
		return confirmed.confirms(conditions) ? Mono.just(confirmed.confirmation())
				: hop(link, FileValidators.NONE, number);
	}

	private Mono<Download> file(StoreResponse.File file) {
		overruled.note(file.headers());
		return unpack(file.bytes()).map(file::unpacked);
	}

	/**
	 * Returns the given bytes, decompressed as often as they are compressed. The declared
	 * content coding does not matter: no JSON begins like gzip.
	 */
	public Mono<byte[]> unpack(byte[] bytes) {
		// Always on a worker thread: a few bytes can expand to many.
		return Gzip.isCompressed(bytes) ? Work.on(Integer.MAX_VALUE, () -> Gzip.unpack(bytes, maxSize))
				: Mono.just(bytes);
	}

	/**
	 * Returns the longest time that a download takes.
	 */
	public Duration deadline() {
		return limit.plus(MARGIN);
	}

}
