package io.htgateway.access.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parser of textual IP addresses. Resolves no names and accepts no short or octal forms.
 */
final class IpLiteral {

	private static final String PART = "(?:0|[1-9][0-9]{0,2})";

	private static final Pattern IPV4 = Pattern.compile(PART + "(?:\\." + PART + "){3}");

	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

	private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");

	private IpLiteral() {
	}

	/**
	 * Returns the given address, or null if the text is not an address.
	 */
	static @Nullable InetAddress parse(String text) {
		boolean maybeAddress = IPV4.matcher(text).matches() || (text.indexOf(':') >= 0 && IPV6.matcher(text).matches());
		try {
			return maybeAddress ? InetAddress.ofLiteral(text) : null;
		}
		catch (IllegalArgumentException notAddress) {
			return null;
		}
	}

	/**
	 * Returns the address of a node (RFC 7239 6): IPv6 with or without brackets, and an
	 * optional unambiguous port. Returns null for anything else.
	 */
	static @Nullable InetAddress parseNode(String text) {
		if (text.startsWith("[")) {
			int end = text.indexOf(']');
			boolean ends = end == text.length() - 1 || (end > 0 && isPort(text.substring(end + 1)));
			String address = ends ? text.substring(1, end) : "";
			return (address.indexOf(':') >= 0) ? parse(address) : null;
		}
		int colon = text.indexOf(':');
		boolean hasPort = colon >= 0 && colon == text.lastIndexOf(':');
		if (hasPort) {
			return isPort(text.substring(colon)) ? parse(text.substring(0, colon)) : null;
		}
		return parse(text);
	}

	/**
	 * Returns the address of the given 4 or 16 bytes.
	 */
	static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException impossible) {
			throw new IllegalArgumentException(impossible);
		}
	}

	private static boolean isPort(String text) {
		return PORT.matcher(text).matches();
	}

}
