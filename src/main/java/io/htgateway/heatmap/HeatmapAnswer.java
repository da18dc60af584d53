package io.htgateway.heatmap;

import java.time.Duration;
import java.util.function.Function;

import io.htgateway.download.DownloadException;
import io.htgateway.download.PresignedUrl;
import io.htgateway.upstream.answer.Evidence;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamResponse;
import io.htgateway.upstream.json.JsonEnvelope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the upstream answers when asked for a heatmap: its documentation leaves open which
 * of these it is.
 */
sealed interface HeatmapAnswer {

	String ARRAY = "heatmap";

	/**
	 * Reads the answer in any of its shapes: a redirect, JSON with a link, or the heatmap
	 * itself.
	 * @param unpack decompresses what is compressed
	 */
	static Mono<HeatmapAnswer> read(UpstreamResponse response, Function<byte[], Mono<byte[]>> unpack) {
		return switch (response) {
			case UpstreamResponse.Redirect redirect ->
				Mono.fromCallable(() -> new Link(PresignedUrl.of(redirect.location())));
			case UpstreamResponse.Content content -> read(content, unpack);
		};
	}

	private static Mono<HeatmapAnswer> read(UpstreamResponse.Content content, Function<byte[], Mono<byte[]>> unpack) {
		if (!content.isJson() && !content.isAnyFile()) {
			return Mono.error(new UpstreamException.Malformed("a body that is neither declared as JSON nor as a file"));
		}
		return unpack.apply(content.body())
			.onErrorMap(DownloadException.Malformed.class, (broken) -> new UpstreamException.Malformed(broken.reason()))
			.flatMap((body) -> JsonEnvelope.read(body).map((envelope) -> of(envelope, body, content.age())));
	}

	private static HeatmapAnswer of(JsonEnvelope envelope, byte[] body, Duration age) {
		if (envelope.arrays().containsKey(ARRAY)) {
			return new Export(body, age);
		}
		String link = link(envelope);
		if (link == null) {
			throw UpstreamException.Malformed.ofShape("neither a heatmap nor a link to one");
		}
		try {
			return new Link(PresignedUrl.parse(link));
		}
		catch (DownloadException.TargetRefused unusable) {
			throw new UpstreamException.Malformed(unusable.reason());
		}
	}

	private static @Nullable String link(JsonEnvelope envelope) {
		String url = envelope.strings().get("url");
		return (url != null) ? url : envelope.strings().get("downloadUrl");
	}

	/**
	 * A link to the heatmap.
	 */
	record Link(PresignedUrl url) implements HeatmapAnswer, Evidence {

		@Override
		public boolean isOfHyperTracker() {
			return url.isSigned();
		}

	}

	/**
	 * The heatmap, checked to be one.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Export(byte[] body, Duration age) implements HeatmapAnswer {
	}

}
