package io.htgateway.download;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.PresignedUrl;
import org.jspecify.annotations.Nullable;

/**
 * The places that a file may come from, as far as a link's text tells; its addresses are
 * checked when they are resolved.
 */
record AllowedTargets(List<String> hosts, boolean allowInsecure) {

	private static final int HTTPS_PORT = 443;

	private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

	AllowedTargets {
		hosts = hosts.stream().map((host) -> host.toLowerCase(Locale.ROOT)).toList();
	}

	static AllowedTargets from(DownloadProperties properties) {
		return new AllowedTargets(properties.allowedHosts(), properties.allowInsecure());
	}

	/**
	 * Returns the given link.
	 * @throws DownloadException.TargetRefused when nothing may be fetched from there
	 */
	PresignedUrl check(PresignedUrl link) {
		String reason = reason(link.uri());
		if (reason != null) {
			throw link.refused(reason);
		}
		return link;
	}

	/**
	 * Returns why nothing may be fetched from the given place, if that is so.
	 */
	Optional<String> refusal(URI place) {
		return Optional.ofNullable(reason(place));
	}

	private @Nullable String reason(URI uri) {
		if (!allowsHost(uri.getHost())) {
			return "its host is not allowed";
		}
		if (!allowInsecure && isAddress(uri.getHost())) {
			return "its host is an address";
		}
		if (uri.getRawUserInfo() != null) {
			return "it has user info";
		}
		if (!allowsScheme(uri.getScheme())) {
			return "its scheme is not https";
		}
		boolean port = allowInsecure || uri.getPort() == -1 || uri.getPort() == HTTPS_PORT;
		return port ? null : "its port is not 443";
	}

	// In any notation: no domain is a number at the top.
	private static boolean isAddress(String host) {
		return host.startsWith("[") || ENDS_IN_NUMBER.matcher(host).matches();
	}

	private boolean allowsHost(@Nullable String host) {
		if (host == null) {
			return false;
		}
		String name = host.toLowerCase(Locale.ROOT);
		return hosts.stream().anyMatch((allowed) -> matches(allowed, name));
	}

	private static boolean matches(String allowed, String name) {
		if (allowed.equals(S3Hosts.NAME)) {
			return S3Hosts.contains(name);
		}
		if (!allowed.startsWith("*.")) {
			return allowed.equals(name);
		}
		String suffix = allowed.substring(1);
		return name.endsWith(suffix) && name.length() > suffix.length();
	}

	private boolean allowsScheme(@Nullable String scheme) {
		return "https".equalsIgnoreCase(scheme) || (allowInsecure && "http".equalsIgnoreCase(scheme));
	}

}
