package io.htgateway.access.request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

import io.netty.channel.local.LocalAddress;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ClientAddresses} behind proxies in 10.0.0.0/8 and 2001:db8::/32.
 */
class ClientAddressesTests {

	private final ClientAddresses addresses = new ClientAddresses(
			TrustedProxies.of(List.of("10.0.0.0/8", "2001:db8::/32")));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			192.0.2.1                                | 192.0.2.1
			6.6.6.6, 192.0.2.1                       | 192.0.2.1
			6.6.6.6,192.0.2.1                        | 192.0.2.1
			6.6.6.6, 192.0.2.1, 10.0.0.2             | 192.0.2.1
			6.6.6.6, 192.0.2.1, 10.0.0.2, 10.9.9.9   | 192.0.2.1
			192.0.2.1 ; 6.6.6.6; 10.0.0.2            | 6.6.6.6
			6.6.6.6; 192.0.2.1, 10.0.0.2             | 192.0.2.1
			10.0.0.3                                 | 10.0.0.3
			10.0.0.3, 10.0.0.4                       | 10.0.0.3
			192.0.2.1:4711                           | 192.0.2.1
			[2001:db9::1]:4711                       | 2001:db9:0:0:0:0:0:1
			[2001:db9::1]                            | 2001:db9:0:0:0:0:0:1
			2001:db9::1                              | 2001:db9:0:0:0:0:0:1
			2001:db9::1, [2001:db8::1]:80            | 2001:db9:0:0:0:0:0:1
			::ffff:192.0.2.1                         | 192.0.2.1
			6.6.6.6, ::ffff:10.0.0.2                 | 6.6.6.6
			''                                       | 10.0.0.1
			6.6.6.6,                                 | 10.0.0.1
			,192.0.2.1                               | 192.0.2.1
			6.6.6.6, , 10.0.0.2                      | 10.0.0.2
			6.6.6.6, unknown                         | 10.0.0.1
			6.6.6.6, unknown, 10.0.0.2               | 10.0.0.2
			6.6.6.6, _hidden, 10.0.0.2, 10.0.0.3     | 10.0.0.2
			6.6.6.6, a.example, 10.0.0.2             | 10.0.0.2
			6.6.6.6, 10.2                            | 10.0.0.1
			6.6.6.6, 0x0a.0.0.2                      | 10.0.0.1
			6.6.6.6, 010.0.0.2                       | 10.0.0.1
			6.6.6.6, 10.0.0.256                      | 10.0.0.1
			6.6.6.6, 10.0.0.2:                       | 10.0.0.1
			6.6.6.6, 10.0.0.2:a                      | 10.0.0.1
			6.6.6.6, 10.0.0.2:123456                 | 10.0.0.1
			6.6.6.6, [10.0.0.2]                      | 10.0.0.1
			6.6.6.6, [2001:db8::1                    | 10.0.0.1
			6.6.6.6, 2001:db8::1]                    | 10.0.0.1
			6.6.6.6, [2001:db8::1]80                 | 10.0.0.1
			6.6.6.6, [2001:db8::1]:                  | 10.0.0.1
			6.6.6.6, fe80::1%eth0                    | 10.0.0.1
			6.6.6.6, [fe80::1%eth0]:80               | 10.0.0.1
			6.6.6.6, fe80::1%1, 10.0.0.2             | 10.0.0.2
			6.6.6.6, "10.0.0.2"                      | 10.0.0.1
			6.6.6.6, for=10.0.0.2                    | 10.0.0.1
			6.6.6.6, 10.0.0.2 10.0.0.3               | 10.0.0.1
			6.6.6.6, []                              | 10.0.0.1
			6.6.6.6, :                               | 10.0.0.1
			6.6.6.6, ::                              | 0:0:0:0:0:0:0:0
			""")
	void clientIsTheLastAddressThatIsNotAProxyAndGarbageEndsTheSearch(String forwardedFor, String client) {
		HttpHeaders headers = new DefaultHttpHeaders();
		for (String value : forwardedFor.split(";", -1)) {
			headers.add("x-forwarded-for", value.strip());
		}

		assertThat(client("10.0.0.1", headers)).isEqualTo(client);
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.7", "11.0.0.1", "2001:db9:0:0:0:0:0:1" })
	void peerThatIsNotAProxyIsTheClient(String peer) {
		assertThat(client(peer, new DefaultHttpHeaders().add("X-Forwarded-For", "6.6.6.6"))).isEqualTo(peer);
	}

	@ParameterizedTest
	@CsvSource({ "Forwarded, for=6.6.6.6", "X-Real-IP, 6.6.6.6", "X-Client-IP, 6.6.6.6", "True-Client-IP, 6.6.6.6",
			"X-Forwarded, 6.6.6.6", "Forwarded-For, 6.6.6.6", "X-Forwarded-Host, 6.6.6.6",
			"X-Original-Forwarded-For, 6.6.6.6", "X_Forwarded_For, 6.6.6.6" })
	void noOtherHeaderIsRead(String name, String value) {
		assertThat(client("10.0.0.1", new DefaultHttpHeaders().add(name, value))).isEqualTo("10.0.0.1");
	}

	@Test
	void longListOfProxiesIsReadToItsStart() {
		String list = "192.0.2.1" + ", 10.0.0.2".repeat(800);

		assertThat(client("10.0.0.1", new DefaultHttpHeaders().add("X-Forwarded-For", list))).isEqualTo("192.0.2.1");
	}

	@Test
	void connectionWithoutAddressHasNoClient() {
		HttpHeaders headers = new DefaultHttpHeaders().add("X-Forwarded-For", "6.6.6.6");

		assertThat(addresses.of(new LocalAddress("a"), headers)).isNull();
		assertThat(addresses.of(null, headers)).isNull();
		assertThat(addresses.of(InetSocketAddress.createUnresolved("a", 1), headers)).isNull();
	}

	private String client(String peer, HttpHeaders headers) {
		InetSocketAddress socket = new InetSocketAddress(InetAddress.ofLiteral(peer), 4711);
		return Objects.requireNonNull(addresses.of(socket, headers)).getAddress().getHostAddress();
	}

}
