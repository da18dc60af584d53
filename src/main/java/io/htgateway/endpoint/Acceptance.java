package io.htgateway.endpoint;

import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.NotAcceptableStatusException;

/**
 * Refuses requests whose <code>Accept</code> (RFC 9110 12.5.1) excludes the media type of
 * an endpoint.
 */
final class Acceptance {

	private Acceptance() {
	}

	/**
	 * Requires that the given request accepts the given type.
	 * @throws NotAcceptableStatusException if it does not
	 */
	static void requireAcceptable(ServerHttpRequest request, MediaType type) {
		List<MediaType> ranges = ranges(request);
		if (!ranges.isEmpty() && ranges.stream().noneMatch((range) -> range.isCompatibleWith(type))) {
			throw new NotAcceptableStatusException(List.of(type));
		}
	}

	private static List<MediaType> ranges(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAccept();
		}
		catch (InvalidMediaTypeException notRanges) {
			throw new NotAcceptableStatusException(notRanges.getMessage());
		}
	}

}
