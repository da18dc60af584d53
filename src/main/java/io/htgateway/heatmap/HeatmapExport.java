package io.htgateway.heatmap;

import java.time.InstantSource;

import io.htgateway.cache.CachedResponse;
import io.htgateway.download.DownloadException;
import io.htgateway.download.DownloadedFile;
import io.htgateway.download.FileDownloader;
import io.htgateway.upstream.JsonEnvelope;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Gets one coin's heatmap: asks the upstream for it, and follows the link that it gives.
 */
@Component
class HeatmapExport {

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
	 * The whole heatmap. A link that has expired is asked for anew once.
	 */
	Mono<CachedResponse> load(Coin coin) {
		return attempt(coin).onErrorResume(DownloadException.LinkExpired.class, (expired) -> attempt(coin))
			.publishOn(Schedulers.boundedElastic())
			.map(this::checked);
	}

	private Mono<byte[]> attempt(Coin coin) {
		return upstream.fetch(UpstreamRequest.of(PATH, "coin", coin.symbol()))
			.publishOn(Schedulers.boundedElastic())
			.map(HeatmapAnswer::of)
			.flatMap((answer) -> switch (answer) {
				case HeatmapAnswer.Link link -> downloader.download(link.url()).map(DownloadedFile::body);
				case HeatmapAnswer.Export export -> Mono.just(export.body());
			});
	}

	private CachedResponse checked(byte[] body) {
		JsonEnvelope.of(body).array(HeatmapAnswer.ARRAY);
		return CachedResponse.of(body, MediaType.APPLICATION_JSON_VALUE, clock.instant());
	}

}
