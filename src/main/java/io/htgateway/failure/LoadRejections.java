package io.htgateway.failure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.cache.store.RejectionCodec;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import org.springframework.stereotype.Component;

/**
 * Text form of rejections by the upstream or an object store: the server, its status, and
 * its message or error code.
 */
@Component
final class LoadRejections implements RejectionCodec {

	private static final Pattern TEXT = Pattern.compile("(upstream|store) ([1-5][0-9]{2}) (.*)", Pattern.DOTALL);

	@Override
	public Optional<String> write(Throwable cause) {
		return switch (cause) {
			case UpstreamException.Rejected rejected ->
				Optional.of("upstream " + rejected.status() + ' ' + rejected.reason());
			case DownloadException.NotFound missing -> Optional.of("store " + missing.status() + ' ' + missing.code());
			default -> Optional.empty();
		};
	}

	@Override
	public Optional<Throwable> read(String text) {
		Matcher parts = TEXT.matcher(text);
		if (!parts.matches()) {
			return Optional.empty();
		}
		int status = Integer.parseInt(parts.group(2));
		String said = parts.group(3);
		return Optional.of(parts.group(1).equals("upstream") ? new UpstreamException.Rejected(status, said)
				: new DownloadException.NotFound(status, said.isEmpty() ? null : said));
	}

}
