package io.htgateway.download;

import java.net.URI;

/**
 * A link that gives its holder a file for a short time: its printed form is masked.
 */
public final class PresignedUrl {

	private final URI uri;

	private PresignedUrl(URI uri) {
		this.uri = uri;
	}

	public static PresignedUrl of(URI uri) {
		return new PresignedUrl(uri);
	}

	/**
	 * The link of the given text.
	 * @throws DownloadException.TargetRefused when it is not a URI
	 */
	public static PresignedUrl parse(String text) {
		try {
			return new PresignedUrl(URI.create(text));
		}
		catch (IllegalArgumentException notUri) {
			throw new DownloadException.TargetRefused("a link that is not a URI");
		}
	}

	/**
	 * Where a redirect from here leads.
	 * @throws DownloadException.TargetRefused when that is not a URI
	 */
	PresignedUrl resolve(String location) {
		try {
			return new PresignedUrl(uri.resolve(location));
		}
		catch (IllegalArgumentException notUri) {
			throw new DownloadException.TargetRefused("a redirect to something that is not a URI");
		}
	}

	URI uri() {
		return uri;
	}

	@Override
	public String toString() {
		return "PresignedUrl[******]";
	}

}
