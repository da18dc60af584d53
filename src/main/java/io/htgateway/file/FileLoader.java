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
 * Loads files: asks the upstream for one, and follows the link that it gives.
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
	 * Returns a loader of files of another size than that of all downloads.
	 * @param size bytes of the largest file
	 */
	public FileLoader withMaxSize(int size) {
		return new FileLoader(upstream, downloader.withMaxSize(size), clock);
	}

	/**
	 * The whole file of the given request, or the previous one where the object store
	 * confirms it. A link that has expired is asked for anew once.
	 */
	public Mono<Loaded> load(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous) {
		return attempt(request, format, previous).onErrorResume(DownloadException.LinkExpired.class,
				(expired) -> attempt(request, format, previous).onErrorMap(FileLoader::isRefused,
						(refused) -> expired));
	}

	// A call was made already, so the load was not refused.
	private static boolean isRefused(Throwable failure) {
		return LoadFailures.of(failure).isRefusal();
	}

	/**
	 * Longest time that a load takes, unless its link expires and a second one is slow.
	 */
	public Duration deadline() {
		return upstream.deadline().plus(downloader.deadline());
	}

	private Mono<Loaded> attempt(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous) {
		UpstreamRequest ofFile = request.ofFile(downloader::refusal).refreshing(previous != null);
		// A call for a link that cannot be followed would be wasted.
		return Mono.using(downloader::reserve, (permit) -> attempt(ofFile, format, previous, permit));
	}

	private Mono<Loaded> attempt(UpstreamRequest request, FileFormat format, @Nullable CachedResponse previous,
			CallPermit permit) {
		return upstream.fetch(request, (response) -> FileResponse.read(response, format, downloader::unpack))
			.flatMap((answer) -> switch (answer) {
				case FileResponse.Link link -> download(link.url(), format, previous, permit);
				case FileResponse.Content content ->
					Mono.just(fetched(content.body(), format, Origin.of(clock.instant(), content.age())));
			});
	}

	private Mono<Loaded> download(PresignedUrl link, FileFormat format, @Nullable CachedResponse previous,
			CallPermit permit) {
		return downloader.download(link, conditions(previous), permit).flatMap((download) -> switch (download) {
			case Download.File file -> checked(file, format);
			case Download.NotModified confirmed -> Mono.just(confirmed(Objects.requireNonNull(previous), confirmed));
		});
	}

	private static FileValidators conditions(@Nullable CachedResponse previous) {
		return (previous != null) ? conditions(previous.origin()) : FileValidators.NONE;
	}

	private static FileValidators conditions(Origin origin) {
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
		FileValidators validators = confirmed.validators().or(conditions(previous.origin()));
		return new Loaded(previous.confirmed(origin(confirmed.age(), validators)), true);
	}

	private static Loaded fetched(byte[] body, FileFormat format, Origin origin) {
		return Loaded.fetched(CachedResponse.of(body, format.mediaType(body), origin));
	}

}
