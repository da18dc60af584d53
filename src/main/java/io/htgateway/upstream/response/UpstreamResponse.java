package io.htgateway.upstream.response;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.htgateway.http.UriReference;
import org.springframework.http.InvalidMediaTypeException;
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

		private static final Set<String> FILES = Set.of("csv", "gzip", "x-gzip", "octet-stream");

		private static final MediaType TEXT_JSON = new MediaType("text", "json");

		private static final MediaType UNKNOWN = new MediaType("unknown", "unknown");

		/**
		 * Whether the upstream says that this is JSON.
		 */
		public boolean isJson() {
			MediaType type = type();
			return type.isCompatibleWith(MediaType.APPLICATION_JSON) || "json".equals(type.getSubtypeSuffix())
					|| type.equalsTypeAndSubtype(TEXT_JSON);
		}

		/**
		 * Returns whether the upstream declares only that this is a file or a text.
		 */
		public boolean isAnyFile() {
			return FILES.contains(type().getSubtype()) || type().equalsTypeAndSubtype(MediaType.TEXT_PLAIN);
		}

		// A type that cannot be parsed is not JSON, except for the unambiguous "json".
		private MediaType type() {
			try {
				String name = contentType.replaceFirst(";.*", "").strip();
				return name.equalsIgnoreCase("json") ? MediaType.APPLICATION_JSON
						: MediaType.parseMediaType(contentType);
			}
			catch (InvalidMediaTypeException odd) {
				return UNKNOWN;
			}
		}

	}

	/**
	 * A redirect. It is never followed with the key.
	 *
	 * @param status its status
	 * @param location its target, resolved against the request
	 */
	record Redirect(int status, URI location) implements UpstreamResponse, Provenance {

		/**
		 * Returns whether it leads to a pre-signed file, which no server but the right
		 * one can know.
		 */
		@Override
		public boolean isOfHyperTracker() {
			return UriReference.isSigned(location);
		}

		@Override
		public String toString() {
			return "Redirect[location=******]";
		}

	}

}
