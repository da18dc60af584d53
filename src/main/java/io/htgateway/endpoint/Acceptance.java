package io.htgateway.endpoint;

import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Content negotiation by <code>Accept</code> (RFC 9110 12.5.1). A media type is not
 * acceptable if no media range includes it, or the most specific one has the weight 0
 * (RFC 9110 12.4.2).
 */
public final class Acceptance {

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
	public static void requireAcceptable(ServerHttpRequest request, List<MediaType> types) {
		MediaType _ = preferred(request, types);
	}

	/**
	 * Returns the type to which the given request gives the highest weight, or the first
	 * of several such types.
	 * @throws NotAcceptableStatusException if it accepts none of them
	 */
	public static MediaType preferred(ServerHttpRequest request, List<MediaType> types) {
		List<MediaType> ranges = ranges(request);
		if (ranges.isEmpty()) {
			return types.getFirst();
		}
		MediaType best = null;
		double highest = 0;
		for (MediaType type : (ranges.size() > MAX_RANGES) ? List.<MediaType>of() : types) {
			double weight = weight(type, ranges);
			if (weight > highest) {
				best = type;
				highest = weight;
			}
		}
		if (best == null) {
			throw new NotAcceptableStatusException(types);
		}
		return best;
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
	private static double weight(MediaType type, List<MediaType> ranges) {
		List<MediaType> matching = ranges.stream().filter((range) -> range.includes(type)).toList();
		int highest = matching.stream().mapToInt(Acceptance::specificity).max().orElse(0);
		return matching.stream()
			.filter((range) -> specificity(range) == highest)
			.mapToDouble(MediaType::getQualityValue)
			.max()
			.orElse(0);
	}

	private static int specificity(MediaType range) {
		if (range.isWildcardType()) {
			return 0;
		}
		return range.isWildcardSubtype() ? 1 : 2;
	}

}
