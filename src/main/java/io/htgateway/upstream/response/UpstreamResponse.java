package io.htgateway.upstream.response;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.htgateway.http.UriReference;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Usable response of the upstream. Every other response is an {@link UpstreamException}.
 */
public sealed interface UpstreamResponse {

	/**
	 * Returns this response as content, for endpoints that never redirect.
	 * @throws UpstreamException.Malformed if it is a redirect
	 */
	default Content content() {
		return switch (this) {
			case Content content -> content;
			case Redirect(int status, URI _) -> throw new UpstreamException.Malformed("an unexpected redirect", status);
		};
	}

	/**
	 * A complete response with status 200.
	 *
	 * @param contentType value of <code>Content-Type</code>
	 * @param body the exact bytes; not copied, so callers must not change them
	 * @param age age of the response by its <code>Age</code> header (RFC 9111 5.1)
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Content(String contentType, byte[] body, Duration age) implements UpstreamResponse {

		private static final Set<String> FILES = Set.of("csv", "gzip", "x-gzip", "octet-stream");

		private static final MediaType TEXT_JSON = new MediaType("text", "json");

		private static final MediaType UNKNOWN = new MediaType("unknown", "unknown");

		/**
		 * Returns whether the content is declared as JSON.
		 */
		public boolean isJson() {
			MediaType type = type();
			return type.isCompatibleWith(MediaType.APPLICATION_JSON) || "json".equals(type.getSubtypeSuffix())
					|| type.equalsTypeAndSubtype(TEXT_JSON);
		}

		/**
		 * Returns whether the content is declared as a file (CSV, gzip or any bytes) or
		 * as plain text.
		 */
		public boolean isAnyFile() {
			return FILES.contains(type().getSubtype()) || type().equalsTypeAndSubtype(MediaType.TEXT_PLAIN);
		}

		// An invalid type is not JSON, except for "json", whose meaning is clear.
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
	 * A redirect. The API key is never sent to its target.
	 *
	 * @param status its status
	 * @param location its target, resolved against the URI of the request
	 */
	record Redirect(int status, URI location) implements UpstreamResponse, Provenance {

		/**
		 * Returns whether it leads to a pre-signed file, which only HyperTracker can link
		 * to.
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
