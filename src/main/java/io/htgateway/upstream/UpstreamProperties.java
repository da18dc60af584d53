package io.htgateway.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.http.BodySize;
import io.htgateway.http.CallTimeout;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Address, API key, timeouts and size limit of the upstream.
 *
 * @param baseUrl address of the upstream: an http or https URL without query that ends
 * before /api/external
 * @param apiKey the organisation's API key; without it the environment variable
 * HYPERTRACKER_API_KEY is used
 * @param apiKeyFile file that contains only the key, instead of gateway.upstream.api-key;
 * read again when it changes
 * @param connectTimeout longest time to open a connection
 * @param responseTimeout longest wait for the next part of a response; a call, including
 * a retry, takes at most this and the connect timeout together
 * @param maxSize largest response body that is read into memory; a value over 32MB may be
 * at most a third of the heap
 */
@Validated
@ConfigurationProperties(prefix = "gateway.upstream")
record UpstreamProperties(@DefaultValue("https://ht-api.coinmarketman.com") URI baseUrl,
		@DefaultValue("") Secret apiKey, @Nullable Path apiKeyFile,
		@DefaultValue("2s") @CallTimeout Duration connectTimeout,
		@DefaultValue("10s") @CallTimeout Duration responseTimeout, @DefaultValue("32MB") DataSize maxSize) {

	private static final String API = "/api/external";

	// Matches the first part alone too, and any case and number of slashes.
	private static final Pattern PATHS = Pattern.compile("/+(api/*$|api/+external(/.*)?$)", Pattern.CASE_INSENSITIVE);

	private static final Pattern HOST = Pattern
		.compile("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){1,6}(:[0-9]{1,5})?/?");

	UpstreamProperties {
		if (!isBaseUrl(baseUrl)) {
			throw new IllegalArgumentException("gateway.upstream.base-url must be an absolute http or https URL with a"
					+ " host and without user info, query or fragment" + advice(baseUrl));
		}
		Matcher paths = PATHS.matcher(baseUrl.getPath());
		if (paths.find()) {
			throw new IllegalArgumentException(
					"gateway.upstream.base-url must end before " + API + ", which the gateway adds: write "
							+ origin(baseUrl) + baseUrl.getPath().substring(0, paths.start()));
		}
		BodySize.ofThisJvm().check("gateway.upstream.max-size", maxSize);
	}

	/**
	 * Returns the longest time that a call takes, including a retry.
	 */
	Duration callLimit() {
		return connectTimeout.plus(responseTimeout);
	}

	// Shows only a host: the rest may be a secret.
	private static String advice(URI baseUrl) {
		if (HOST.matcher(baseUrl.toString()).matches()) {
			return ", and has no scheme: write https://" + baseUrl;
		}
		if (baseUrl.getHost() != null && (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null)) {
			return ": the key belongs in HYPERTRACKER_API_KEY alone";
		}
		return ", such as https://ht-api.coinmarketman.com";
	}

	private static String origin(URI baseUrl) {
		return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority();
	}

	private static boolean isBaseUrl(URI baseUrl) {
		boolean http = "http".equalsIgnoreCase(baseUrl.getScheme()) || "https".equalsIgnoreCase(baseUrl.getScheme());
		return http && baseUrl.getHost() != null && baseUrl.getRawUserInfo() == null && baseUrl.getRawQuery() == null
				&& baseUrl.getRawFragment() == null;
	}

}
