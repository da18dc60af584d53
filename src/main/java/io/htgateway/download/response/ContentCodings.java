package io.htgateway.download.response;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Declared content codings of a file. The bytes decide how a file is read, because stores
 * repeat the uploader's declaration even if it is wrong. The declared coding only
 * explains why bytes cannot be read.
 */
final class ContentCodings {

	private static final Set<String> UNSUPPORTED = Set.of("aws-chunked", "br", "compress", "dcb", "dcz", "deflate",
			"x-compress", "zstd");

	private ContentCodings() {
	}

	/**
	 * Returns the first declared coding that the gateway knows but cannot decode, or
	 * null.
	 */
	static @Nullable String unsupported(HttpHeaders headers) {
		return headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING)
			.stream()
			.flatMap((line) -> Arrays.stream(line.split(",", -1)))
			.map((coding) -> coding.strip().toLowerCase(Locale.ROOT))
			.filter(UNSUPPORTED::contains)
			.findFirst()
			.orElse(null);
	}

}
