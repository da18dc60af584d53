package io.htgateway.web;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Which content coding a client takes (RFC 9110 12.5.3).
 */
final class AcceptEncoding {

	private AcceptEncoding() {
	}

	/**
	 * Whether gzip is acceptable by the given header.
	 */
	static boolean allowsGzip(@Nullable String header) {
		if (header == null) {
			return false;
		}
		boolean any = false;
		for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
			int semicolon = element.indexOf(';');
			String coding = ((semicolon < 0) ? element : element.substring(0, semicolon)).strip();
			boolean allowed = semicolon < 0 || !isZero(element.substring(semicolon + 1).strip());
			if (coding.equals("gzip") || coding.equals("x-gzip")) {
				return allowed;
			}
			any |= coding.equals("*") && allowed;
		}
		return any;
	}

	private static boolean isZero(String weight) {
		return weight.matches("q\\s*=\\s*0(\\.0{0,3})?");
	}

}
