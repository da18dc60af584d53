package io.htgateway.endpoint;

import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Rejects requests whose <code>Accept</code> (RFC 9110 12.5.1) excludes all media types
 * of an endpoint, or gives them the weight 0, which means not acceptable (RFC 9110
 * 12.4.2).
 */
final class Acceptance {

	/**
	 * Maximum number of media ranges in one request; clients send about five.
	 */
	private static final int MAX_RANGES = 50;

	private Acceptance() {
	}

	/**
	 * Checks that the given request accepts one of the given types.
	 * @throws NotAcceptableStatusException if it does not
	 */
	static void requireAcceptable(ServerHttpRequest request, List<MediaType> types) {
		List<MediaType> ranges = ranges(request);
		if (ranges.isEmpty()) {
			return;
		}
		if (ranges.size() > MAX_RANGES || types.stream().noneMatch((type) -> isAcceptable(type, ranges))) {
			throw new NotAcceptableStatusException(types);
		}
	}

	private static List<MediaType> ranges(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAccept();
		}
		catch (InvalidMediaTypeException malformed) {
			throw new NotAcceptableStatusException(malformed.getMessage());
		}
	}

	// Of the ranges that include the type, the most specific ones apply (RFC 9110
	// 12.5.1).
	private static boolean isAcceptable(MediaType type, List<MediaType> ranges) {
		List<MediaType> matching = ranges.stream().filter((range) -> range.includes(type)).toList();
		int highest = matching.stream().mapToInt(Acceptance::specificity).max().orElse(0);
		return matching.stream()
			.filter((range) -> specificity(range) == highest)
			.anyMatch((range) -> range.getQualityValue() > 0);
	}

	private static int specificity(MediaType range) {
		if (range.isWildcardType()) {
			return 0;
		}
		return range.isWildcardSubtype() ? 1 : 2;
	}

}
