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
 * Hosts, schemes and ports from which files may be downloaded. Checks the text of a link;
 * the connection checks the addresses that its host resolves to.
 *
 * @param hosts names, <code>*.domain</code> patterns or <code>aws:s3</code>
 * @param allowInsecure whether http, any port and any address are allowed
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
	 * Returns the given link if it may be followed.
	 * @throws DownloadException.TargetRefused if it may not
	 */
	PresignedUrl check(PresignedUrl link) {
		String reason = reason(link.uri());
		if (reason != null) {
			throw link.refusal(reason);
		}
		return link;
	}

	/**
	 * Returns why the given target is refused, or an empty value if it is allowed.
	 */
	Optional<String> refusal(URI target) {
		return Optional.ofNullable(reason(target));
	}

	private @Nullable String reason(URI uri) {
		if (!allowsHost(uri.getHost())) {
			return "its host is not in gateway.downloads.allowed-hosts";
		}
		if (!allowInsecure && isAddress(uri.getHost())) {
			return "its host is an IP address";
		}
		if (uri.getRawUserInfo() != null) {
			return "it contains user info";
		}
		if (!allowsScheme(uri.getScheme())) {
			return "its scheme is not https";
		}
		boolean port = allowInsecure || uri.getPort() == -1 || uri.getPort() == HTTPS_PORT;
		return port ? null : "its port is not 443";
	}

	// Covers every notation: no top-level domain is a number.
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
