package io.htgateway.heatmap;

import java.time.Duration;
import java.util.function.UnaryOperator;

import io.htgateway.download.PresignedUrl;
import io.htgateway.upstream.JsonEnvelope;
import io.htgateway.upstream.UpstreamException;
import io.htgateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

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
	static HeatmapAnswer of(UpstreamResponse response, UnaryOperator<byte[]> unpack) {
		return switch (response) {
			case UpstreamResponse.Redirect redirect -> new Link(PresignedUrl.of(redirect.location()));
			case UpstreamResponse.Content content -> of(content, unpack);
		};
	}

	private static HeatmapAnswer of(UpstreamResponse.Content content, UnaryOperator<byte[]> unpack) {
		if (!content.isJson() && !content.isBinary()) {
			throw new UpstreamException.Malformed("a body that is neither declared as JSON nor as a file");
		}
		byte[] body = unpack.apply(content.body());
		JsonEnvelope envelope = JsonEnvelope.of(body);
		if (envelope.arrays().containsKey(ARRAY)) {
			return new Export(body, content.age());
		}
		String link = link(envelope);
		if (link == null) {
			throw new UpstreamException.Malformed("neither a heatmap nor a link to one");
		}
		return new Link(PresignedUrl.parse(link));
	}

	private static @Nullable String link(JsonEnvelope envelope) {
		String url = envelope.strings().get("url");
		return (url != null) ? url : envelope.strings().get("downloadUrl");
	}

	/**
	 * A link to the heatmap.
	 */
	record Link(PresignedUrl url) implements HeatmapAnswer {
	}

	/**
	 * The heatmap.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Export(byte[] body, Duration age) implements HeatmapAnswer {
	}

}
