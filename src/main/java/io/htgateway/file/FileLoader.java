package io.htgateway.file;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import io.htgateway.breaker.CallPermit;
import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.download.FileDownloader;
import io.htgateway.download.response.Download;
import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.FileValidators;
import io.htgateway.download.response.PresignedUrl;
import io.htgateway.failure.LoadFailures;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.response.UpstreamException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Loads files: requests one from the upstream, and downloads it if the response is a
 * link.
 */
@Component
public final class FileLoader {

	private final UpstreamClient upstream;

	private final FileDownloader downloader;

	private final InstantSource clock;

	FileLoader(UpstreamClient upstream, FileDownloader downloader, InstantSource clock) {
		this.upstream = upstream;
		this.downloader = downloader;
		this.clock = clock;
	}

	/**
	 * Returns a loader with its own size limit instead of the one of all downloads.
	 * @param size largest file in bytes
	 */
	public FileLoader withMaxSize(int size) {
		return new FileLoader(upstream, downloader.withMaxSize(size), clock);
	}

	/**
	 * Loads the whole file of the given request, or returns the previous one if the
	 * object store confirms it. Requests a new link once if the first one has expired.
	 * @param previous the stored file to revalidate, or null
	 */
	public Mono<Loaded> load(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous) {
		return attempt(request, format, previous).onErrorResume(DownloadException.LinkExpired.class,
				(expired) -> attempt(request, format, previous).onErrorMap(FileLoader::isRefusal,
						(refusal) -> expired));
	}

	// If the second call is refused, the load fails with the failure of the first
	// attempt. The call of that attempt was made, so the load as a whole was not refused.
	private static boolean isRefusal(Throwable failure) {
		return LoadFailures.of(failure).isRefusal();
	}

	/**
	 * Returns the longest time that a load takes, unless its link expires and the second
	 * one is slow.
	 */
	public Duration deadline() {
		return upstream.deadline().plus(downloader.deadline());
	}

	private Mono<Loaded> attempt(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous) {
		UpstreamRequest fileRequest = request.ofFile(downloader::refusal).refreshing(previous != null);
		// The permit comes first: a call for a link that may not be followed is wasted.
		return Mono.using(downloader::reserve, (permit) -> attempt(fileRequest, format, previous, permit));
	}

	private Mono<Loaded> attempt(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous,
			CallPermit permit) {
		return upstream.fetch(request, (received) -> FileResponse.read(received, format, downloader::unpack))
			.flatMap((response) -> switch (response) {
				case FileResponse.Link link -> download(link.url(), format, previous, permit);
				case FileResponse.Content content ->
					Mono.just(fetched(content.body(), format, Origin.of(clock.instant(), content.age())));
			});
	}

	private Mono<Loaded> download(PresignedUrl link, FileFormat format, @Nullable CachedResponse previous,
			CallPermit permit) {
		return downloader.download(link, validators(previous), permit).flatMap((download) -> switch (download) {
			case Download.File file -> checked(file, format);
			case Download.NotModified confirmed -> Mono.just(confirmed(Objects.requireNonNull(previous), confirmed));
		});
	}

	private static FileValidators validators(@Nullable CachedResponse previous) {
		return (previous != null) ? validators(previous.origin()) : FileValidators.NONE;
	}

	private static FileValidators validators(Origin origin) {
		return new FileValidators(origin.etag(), origin.lastModified());
	}

	private Origin origin(Duration age, FileValidators validators) {
		return new Origin(clock.instant(), age, validators.etag(), validators.lastModified());
	}

	private Mono<Loaded> checked(Download.File file, FileFormat format) {
		return format.check(file.body())
			.onErrorMap(UpstreamException.Malformed.class, (unusable) -> malformed(file, unusable))
			.map((body) -> fetched(body, format, origin(file.age(), file.validators())));
	}

	private static DownloadException malformed(Download.File file, UpstreamException.Malformed unusable) {
		String coding = file.coding();
		return new DownloadException.Malformed((coding == null) ? unusable.reason()
				: "a file with the content coding " + coding + ", which the gateway cannot decode");
	}

	private Loaded confirmed(CachedResponse previous, Download.NotModified confirmed) {
		FileValidators validators = confirmed.validators().or(validators(previous.origin()));
		return new Loaded(previous.confirmed(origin(confirmed.age(), validators)), true);
	}

	private static Loaded fetched(byte[] body, FileFormat format, Origin origin) {
		return Loaded.fetched(CachedResponse.of(body, format.mediaType(body), origin));
	}

}
