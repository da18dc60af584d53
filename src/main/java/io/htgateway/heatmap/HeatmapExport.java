package io.htgateway.heatmap;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import io.htgateway.breaker.CallPermit;
import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Loader.Loaded;
import io.htgateway.cache.Origin;
import io.htgateway.download.Conditions;
import io.htgateway.download.Download;
import io.htgateway.download.DownloadException;
import io.htgateway.download.FileDownloader;
import io.htgateway.download.PresignedUrl;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.web.LoadFailures;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gets one coin's heatmap: asks the upstream for it, and follows the link that it gives.
 */
@Component
class HeatmapExport {

	static final String NAME = "heatmap";

	static final String PATH = "/api/external/exports/coins/{coin}/liquidation-heatmap";

	private final UpstreamClient upstream;

	private final FileDownloader downloader;

	private final InstantSource clock;

	HeatmapExport(UpstreamClient upstream, FileDownloader downloader, InstantSource clock) {
		this.upstream = upstream;
		this.downloader = downloader;
		this.clock = clock;
	}

	/**
	 * The whole heatmap, or the previous one where the object store confirms it. A link
	 * that has expired is asked for anew once.
	 */
	Mono<Loaded> load(Coin coin, @Nullable CachedResponse previous) {
		return attempt(coin, previous).onErrorResume(DownloadException.LinkExpired.class,
				(expired) -> attempt(coin, previous).onErrorMap(HeatmapExport::isRefused, (refused) -> expired));
	}

	// A call was made already, so the load was not refused.
	private static boolean isRefused(Throwable failure) {
		return LoadFailures.of(failure).isRefusal();
	}

	/**
	 * Longest time that a load takes, unless its link expires and a second one is slow.
	 */
	Duration deadline() {
		return upstream.deadline().plus(downloader.deadline());
	}

	private Mono<Loaded> attempt(Coin coin, @Nullable CachedResponse previous) {
		// A call for a link that cannot be followed would be wasted.
		return Mono.using(downloader::reserve, (permit) -> attempt(coin, previous, permit));
	}

	private Mono<Loaded> attempt(Coin coin, @Nullable CachedResponse previous, CallPermit permit) {
		return upstream
			.fetch(request(coin).refreshing(previous != null),
					(response) -> HeatmapAnswer.read(response, downloader::unpack))
			.flatMap((answer) -> switch (answer) {
				case HeatmapAnswer.Link link -> download(link.url(), previous, permit);
				case HeatmapAnswer.Export export ->
					Mono.just(fetched(export.body(), Origin.of(clock.instant(), export.age())));
			});
	}

	private UpstreamRequest request(Coin coin) {
		return UpstreamRequest.of(PATH, "coin", coin.symbol()).ofFile(downloader::refusal);
	}

	private Mono<Loaded> download(PresignedUrl link, @Nullable CachedResponse previous, CallPermit permit) {
		return downloader.download(link, conditions(previous), permit).flatMap((download) -> switch (download) {
			case Download.File file -> checked(file);
			case Download.NotModified confirmed -> Mono.just(confirmed(Objects.requireNonNull(previous), confirmed));
		});
	}

	private static Conditions conditions(@Nullable CachedResponse previous) {
		return (previous != null) ? conditions(previous.origin()) : Conditions.NONE;
	}

	private static Conditions conditions(Origin origin) {
		return new Conditions(origin.etag(), origin.lastModified());
	}

	private Origin origin(Duration age, Conditions validators) {
		return new Origin(clock.instant(), age, validators.etag(), validators.lastModified());
	}

	private Mono<Loaded> checked(Download.File file) {
		return JsonEnvelope.read(file.body())
			.doOnNext((envelope) -> envelope.array(HeatmapAnswer.ARRAY))
			.onErrorMap(UpstreamException.Malformed.class, (unusable) -> malformed(file, unusable))
			.map((envelope) -> fetched(file.body(), origin(file.age(), file.validators())));
	}

	private static DownloadException malformed(Download.File file, UpstreamException.Malformed unusable) {
		String coding = file.coding();
		return new DownloadException.Malformed((coding == null) ? unusable.reason()
				: "a file with the content coding " + coding + ", which the gateway cannot decode");
	}

	private Loaded confirmed(CachedResponse previous, Download.NotModified confirmed) {
		Conditions validators = confirmed.validators().or(conditions(previous.origin()));
		return new Loaded(previous.confirmed(origin(confirmed.age(), validators)), true);
	}

	private static Loaded fetched(byte[] body, Origin origin) {
		return Loaded.fetched(CachedResponse.of(body, MediaType.APPLICATION_JSON_VALUE, origin));
	}

}
