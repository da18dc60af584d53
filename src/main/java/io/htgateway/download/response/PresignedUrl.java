package io.htgateway.download.response;

import java.net.URI;

import io.htgateway.http.UriReference;

/**
 * A link that gives its holder a file for a short time: its printed form is masked.
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
	 * Returns the link in the given text, with raw characters encoded.
	 * @throws DownloadException.TargetRefused when it is not a URI
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
	 * Returns whether it has a signature, which only the right server can make.
	 */
	public boolean isSigned() {
		return UriReference.isSigned(uri);
	}

	/**
	 * Where a redirect from here leads.
	 * @throws DownloadException.TargetRefused when that is not a URI
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
	 * Returns the refusal to follow it, which names its source.
	 */
	public DownloadException.TargetRefused refused(String reason) {
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
