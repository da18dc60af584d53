package io.htgateway.upstream.answer;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import org.springframework.http.MediaType;

/**
 * An answer of the upstream that a feature can work with; every other one is an
 * {@link UpstreamException}.
 */
public sealed interface UpstreamResponse {

	/**
	 * This answer as content, where a redirect makes no sense.
	 * @throws UpstreamException.Malformed when the upstream redirected
	 */
	default Content content() {
		return switch (this) {
			case Content content -> content;
			case Redirect(int status, URI _) -> throw new UpstreamException.Malformed("an unexpected redirect", status);
		};
	}

	/**
	 * A complete answer with status 200.
	 *
	 * @param contentType the media type as the upstream named it
	 * @param body the exact bytes; not copied, and not to be changed
	 * @param age how old the upstream says the answer is (RFC 9111 5.1)
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Content(String contentType, byte[] body, Duration age) implements UpstreamResponse {

		private static final Set<String> BINARY = Set.of("gzip", "x-gzip", "octet-stream");

		/**
		 * Whether the upstream says that this is JSON.
		 */
		public boolean isJson() {
			MediaType type = MediaType.parseMediaType(contentType);
			return type.isCompatibleWith(MediaType.APPLICATION_JSON) || "json".equals(type.getSubtypeSuffix());
		}

		/**
		 * Whether the upstream says no more than that this is a file.
		 */
		public boolean isBinary() {
			return BINARY.contains(MediaType.parseMediaType(contentType).getSubtype());
		}

	}

	/**
	 * A redirect. It is never followed with the key.
	 *
	 * @param status its status
	 * @param location where to, resolved against the upstream's own address
	 */
	record Redirect(int status, URI location) implements UpstreamResponse {

		@Override
		public String toString() {
			return "Redirect[location=******]";
		}

	}

}
