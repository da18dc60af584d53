package io.htgateway.web.reply;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose pages may use the gateway from a browser.
 *
 * @param allowedOrigins origins whose pages may call from a browser, such as
 * https://dashboard.example, or an asterisk for all; CORS is off without any
 */
@ConfigurationProperties(prefix = "gateway.cors")
record CorsProperties(@DefaultValue List<String> allowedOrigins) {

	private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?");

	CorsProperties {
		allowedOrigins = List.copyOf(allowedOrigins);
		allowedOrigins.stream().filter((origin) -> !ORIGIN.matcher(origin).matches()).findFirst().ifPresent((wrong) -> {
			throw new IllegalArgumentException("gateway.cors.allowed-origins must be like https://dashboard.example, in"
					+ " lower case and without a path, or *, and has " + wrong);
		});
	}

}
