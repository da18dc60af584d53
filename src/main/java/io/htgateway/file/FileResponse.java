package io.htgateway.file;

import java.time.Duration;
import java.util.function.Function;

import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.PresignedUrl;
import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.response.Provenance;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Response of the upstream to a request for a file: the file or a link to it. The
 * upstream's documentation does not say which.
 */
sealed interface FileResponse {

	/**
	 * Reads the response in any of its forms: a redirect, JSON with a link, or the file
	 * itself.
	 * @param unpack decompresses a compressed body
	 */
	static Mono<FileResponse> read(UpstreamResponse response, FileFormat format,
			Function<byte[], Mono<byte[]>> unpack) {
		return switch (response) {
			case UpstreamResponse.Redirect redirect ->
				Mono.fromCallable(() -> new Link(PresignedUrl.of(redirect.location())));
			case UpstreamResponse.Content content -> read(content, format, unpack);
		};
	}

	private static Mono<FileResponse> read(UpstreamResponse.Content content, FileFormat format,
			Function<byte[], Mono<byte[]>> unpack) {
		if (!content.isJson() && !content.isAnyFile()) {
			return Mono.error(new UpstreamException.Malformed("a body that is declared neither as JSON nor as a file"));
		}
		return unpack.apply(content.body())
			.onErrorMap(DownloadException.Malformed.class, (broken) -> new UpstreamException.Malformed(broken.reason()))
			.flatMap((body) -> read(content, format, body));
	}

	private static Mono<FileResponse> read(UpstreamResponse.Content content, FileFormat format, byte[] body) {
		return (format.array() != null || FileFormat.begins(body, "{"))
				? JsonEnvelope.read(body).map((envelope) -> of(envelope, format, body, content.age()))
				: format.check(body).map((file) -> new Content(file, content.age()));
	}

	private static FileResponse of(JsonEnvelope envelope, FileFormat format, byte[] body, Duration age) {
		if (format.isFile(envelope)) {
			return new Content(body, age);
		}
		String link = link(envelope);
		if (link == null) {
			if (format.array() == null) {
				return new Content(body, age);
			}
			throw UpstreamException.Malformed.ofShape("neither a " + format.name() + " nor a link to one");
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
	 * A link to the file.
	 */
	record Link(PresignedUrl url) implements FileResponse, Provenance {

		@Override
		public boolean isOfHyperTracker() {
			return url.isSigned();
		}

	}

	/**
	 * The file itself. Its format has been checked.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Content(byte[] body, Duration age) implements FileResponse {
	}

}
