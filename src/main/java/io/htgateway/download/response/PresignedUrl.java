package io.htgateway.download.response;

import java.net.URI;

import io.htgateway.http.UriReference;

/**
 * Pre-signed link to a file in an object store. Whoever has the link can read the file
 * until it expires, so its text form is masked.
 */
public final class PresignedUrl {

	private final URI uri;

	private final boolean redirected;

	private PresignedUrl(URI uri, boolean redirected) {
		this.uri = uri;
		this.redirected = redirected;
	}

	public static PresignedUrl of(URI uri) {
		return new PresignedUrl(uri, false);
	}

	/**
	 * Parses the given link. Encodes characters that a URI must not contain.
	 * @throws DownloadException.TargetRefused if it is not a URI, or over 32 KB
	 */
	public static PresignedUrl parse(String text) {
		if (text.length() > UriReference.MAX_LENGTH) {
			throw new DownloadException.TargetRefused("a link over the limit of 32 KB");
		}
		try {
			return new PresignedUrl(UriReference.of(text), false);
		}
		catch (IllegalArgumentException notUri) {
			throw new DownloadException.TargetRefused("a link that is not a URI");
		}
	}

	/**
	 * Returns whether it has a signature, which only the true upstream can create.
	 */
	public boolean isSigned() {
		return UriReference.isSigned(uri);
	}

	/**
	 * Returns the target of a redirect from this link.
	 * @throws DownloadException.TargetRefused if it is not a URI
	 */
	public PresignedUrl resolve(String location) {
		try {
			return new PresignedUrl(UriReference.resolve(uri, location), true);
		}
		catch (IllegalArgumentException notUri) {
			throw DownloadException.TargetRefused.redirect("a redirect to something that is not a URI");
		}
	}

	/**
	 * Creates the refusal to follow this link. It names the upstream or the object store
	 * as the source of the link.
	 */
	public DownloadException.TargetRefused refusal(String reason) {
		return redirected ? DownloadException.TargetRefused.redirect("a redirect that may not be followed: " + reason)
				: new DownloadException.TargetRefused("a link that may not be followed: " + reason);
	}

	public URI uri() {
		return uri;
	}

	@Override
	public String toString() {
		return "PresignedUrl[******]";
	}

}
