package io.htgateway.web.reply;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Content codings that a client accepts (RFC 9110 12.5.3).
 */
public final class AcceptEncoding {

	private static final Pattern WEIGHT = Pattern.compile("q\\s*=\\s*(0(?:\\.[0-9]{0,3})?)");

	private AcceptEncoding() {
	}

	/**
	 * Returns whether the given header accepts gzip, and prefers it to the uncompressed
	 * bytes or gives both the same weight.
	 */
	public static boolean allowsGzip(@Nullable String header) {
		if (header == null) {
			return false;
		}
		float gzip = -1;
		float any = 0;
		float identity = 0;
		for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
			int semicolon = element.indexOf(';');
			float weight = (semicolon < 0) ? 1 : weight(element.substring(semicolon + 1).strip());
			switch (((semicolon < 0) ? element : element.substring(0, semicolon)).strip()) {
				case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
				case "identity" -> identity = weight;
				case "*" -> any = weight;
				default -> {
				}
			}
		}
		float preference = (gzip < 0) ? any : gzip;
		return preference > 0 && preference >= identity;
	}

	// Anything that is not a weight below 1 counts as 1.
	private static float weight(String parameter) {
		Matcher weight = WEIGHT.matcher(parameter);
		return weight.matches() ? Float.parseFloat(weight.group(1)) : 1;
	}

}
