package io.htgateway.access.request;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

import io.htgateway.testing.PropertiesBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of <code>gateway.access.trusted-proxies</code>.
 */
class TrustedProxiesTests {

	private static final PropertiesBinding<AccessProperties> BINDING = new PropertiesBinding<>(AccessProperties.class,
			AccessConfiguration.class);

	private static final String PROPERTY = "gateway.access.trusted-proxies";

	@Test
	void nobodyIsTrustedByDefault() {
		assertThat(BINDING.bind().trustedProxies()).isEmpty();
		assertThat(BINDING.bind(PROPERTY + "=").trustedProxies()).isEmpty();
		assertThat(TrustedProxies.of(List.of()).contains(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
	}

	@Test
	void listMayBeOneValueOrMany() {
		assertThat(BINDING.bind(PROPERTY + "=10.0.0.0/8, 2001:db8::/32").trustedProxies()).containsExactly("10.0.0.0/8",
				"2001:db8::/32");
		assertThat(BINDING.bind(PROPERTY + "[0]=10.0.0.0/8", PROPERTY + "[1]=192.0.2.7").trustedProxies())
			.containsExactly("10.0.0.0/8", "192.0.2.7");
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.255.255, 11.0.0.0", "10.1.0.0/17, 10.1.127.255, 10.1.128.0",
			"192.0.2.7, 192.0.2.7, 192.0.2.8", "192.0.2.7/32, 192.0.2.7, 192.0.2.6",
			"128.0.0.0/1, 255.1.1.1, 127.0.0.1", "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::1", "::1, ::1, ::2",
			"::1/128, ::1, 127.0.0.1", "10.0.0.0/8, ::ffff:10.1.2.3, ::a01:203", "fe80::/10, febf::1, fec0::1",
			"10.0.0.0/8, 10.0.0.1, 2001:db8::1", "2001:db8::/32, 2001:db8::1, 32.1.13.184" })
	void networkContainsOnlyItsAddresses(String network, String inside, String outside) {
		TrustedProxies proxies = TrustedProxies.of(List.of(network));

		assertThat(proxies.contains(InetAddress.ofLiteral(inside))).isTrue();
		assertThat(proxies.contains(InetAddress.ofLiteral(outside))).isFalse();
	}

	// The peer of a connection over a link-local address has a zone (RFC 4007).
	@Test
	void zoneOfAPeerHasNoEffect() throws UnknownHostException {
		InetAddress peer = Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::7").getAddress(), 3);

		assertThat(TrustedProxies.of(List.of("fe80::7")).contains(peer)).isTrue();
		assertThat(TrustedProxies.of(List.of("fe80::/64")).contains(peer)).isTrue();
		assertThat(TrustedProxies.of(List.of("fe80::8")).contains(peer)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					ingress          | "ingress" must be a network or an address, such as 10.0.0.0/8
					localhost        | must be a network or an address
					10.0.0.0/        | must have a prefix of 1 to 32 bits
					10.0.0.0/33      | must have a prefix of 1 to 32 bits
					10.0.0.0/08      | must have a prefix of 1 to 32 bits
					10.0.0.0/-1      | must have a prefix of 1 to 32 bits
					10.0.0.0/8/8     | must have a prefix of 1 to 32 bits
					10.0.0.0/255.0.0.0 | must have a prefix of 1 to 32 bits
					2001:db8::/129   | must have a prefix of 1 to 128 bits
					0.0.0.0/0        | "0.0.0.0/0" trusts every address
					::/0             | trusts every address
					10.1.2.3/8       | has bits set after its prefix: write 10.0.0.0/8 for the network, or 10.1.2.3 for the address alone
					2001:db8::1/32   | has bits set after its prefix: write 2001:db8:0:0:0:0:0:0/32 for the network
					10.0/16          | must be a network or an address
					010.0.0.0/8      | must be a network or an address
					256.0.0.0/8      | must be a network or an address
					[::1]            | must be a network or an address
					fe80::1%eth0     | must be a network or an address
					*                | an entry must be a network or an address
					::ffff:10.0.0.0/104 | must have a prefix of 1 to 32 bits
					10.0.0.0/8,,::1  | must be a network or an address
					""")
	void invalidNetworkIsRefusedWithTheRule(String networks, String reason) {
		assertThat(BINDING.failure(PROPERTY + "=" + networks)).contains(PROPERTY, reason);
	}

	@Test
	void unknownPropertyIsRefused() {
		assertThat(BINDING.failure("gateway.access.trusted-proxy=10.0.0.0/8")).contains("gateway.access");
	}

	@Test
	void namesAreNeverResolved() {
		for (String name : Arrays.asList("a.example", "1.2.3.4.example", "0x7f.1", "2130706433", "1", "::1.example")) {
			assertThat(IpLiteral.parse(name)).as(name).isNull();
		}
	}

}
