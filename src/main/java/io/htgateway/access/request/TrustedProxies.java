package io.htgateway.access.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

/**
 * Networks of the proxies whose <code>X-Forwarded-For</code> is trusted.
 *
 * @param networks one matcher for each network
 */
record TrustedProxies(List<IpSubnetFilterRule> networks) {

	private static final String PROPERTY = "gateway.access.trusted-proxies";

	TrustedProxies {
		networks = List.copyOf(networks);
	}

	/**
	 * Parses the given networks.
	 * @throws IllegalArgumentException with a sentence that names the first invalid one
	 */
	static TrustedProxies of(List<String> networks) {
		return new TrustedProxies(networks.stream().map(TrustedProxies::network).toList());
	}

	boolean contains(InetAddress address) {
		if (networks.isEmpty()) {
			return false;
		}
		InetSocketAddress socket = new InetSocketAddress(address, 0);
		return networks.stream().anyMatch((network) -> network.matches(socket));
	}

	private static IpSubnetFilterRule network(String text) {
		int slash = text.indexOf('/');
		InetAddress address = IpLiteral.parse((slash < 0) ? text : text.substring(0, slash));
		if (address == null) {
			throw wrong(text, "must be a network or an address, such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32");
		}
		int bits = address.getAddress().length * Byte.SIZE;
		int prefix = (slash < 0) ? bits : prefix(text, slash, bits);
		InetAddress first = first(address, prefix);
		if (!first.equals(address)) {
			throw wrong(text, "has bits set after its prefix: write " + first.getHostAddress() + "/" + prefix
					+ " for the network, or " + address.getHostAddress() + " for the address alone");
		}
		return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
	}

	private static int prefix(String text, int slash, int bits) {
		String digits = text.substring(slash + 1);
		int prefix = digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : -1;
		if (prefix == 0) {
			throw wrong(text, "trusts every address, so any client could claim any address: list only your proxies,"
					+ " such as 10.0.0.0/8");
		}
		if (prefix < 0 || prefix > bits) {
			throw wrong(text, "must have a prefix of 1 to " + bits + " bits after the slash");
		}
		return prefix;
	}

	private static InetAddress first(InetAddress address, int prefix) {
		byte[] bytes = address.getAddress();
		Arrays.fill(bytes, Math.min(bytes.length, (prefix + 7) / Byte.SIZE), bytes.length, (byte) 0);
		if (prefix % Byte.SIZE != 0) {
			bytes[prefix / Byte.SIZE] &= (byte) (0xff << (Byte.SIZE - prefix % Byte.SIZE));
		}
		return IpLiteral.of(bytes);
	}

	// Does not show text that may be a misplaced secret.
	private static IllegalArgumentException wrong(String text, String rule) {
		String shown = text.matches("[0-9A-Za-z:./_-]{0,64}") ? "\"" + text + "\"" : "an entry";
		return new IllegalArgumentException(PROPERTY + ": " + shown + " " + rule);
	}

}
