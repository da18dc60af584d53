package io.htgateway.web.reply;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages may use the gateway from a browser.
 *
 * @param allowedOrigins origins whose pages may call the gateway from a browser, such as
 * https://dashboard.example, or an asterisk for all origins; CORS is off if the list is
 * empty
 */
@ConfigurationProperties(prefix = "gateway.cors")
record CorsProperties(@DefaultValue List<String> allowedOrigins) {

	private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?");

	CorsProperties {
		allowedOrigins = List.copyOf(allowedOrigins);
		allowedOrigins.stream().filter((origin) -> !ORIGIN.matcher(origin).matches()).findFirst().ifPresent((wrong) -> {
			throw new IllegalArgumentException("gateway.cors.allowed-origins has \"" + wrong
					+ "\", which is not an origin: use the form https://dashboard.example, in lower case and"
					+ " without a path, or * for all origins");
		});
	}

}
