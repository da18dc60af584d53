package io.htgateway.download;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.http.client.InetAddressFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the addresses that {@link DownloadConfiguration} allows. All of them are
 * literals, so that no name is resolved.
 */
class PublicAddressesTests {

	private final InetAddressFilter filter = DownloadConfiguration.publicAddresses();

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255",
			"127.0.0.1", "127.255.255.255", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255",
			"192.0.0.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
			"255.255.255.255" })
	void matchesWhenIpv4AddressIsNotPublicIsFalse(String address) {
		assertThat(matches(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "::", "::1", "::10.0.0.1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
			"::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::a9fe:a9fe",
			"64:ff9b:1:ffff::a9fe:a9fe", "2001::1", "2002:a9fe:a9fe::1", "::ffff:0:10.0.0.1", "3fff::1",
			"3fff:fff:ffff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1",
			"ff02::1", "ff0e::1" })
	void matchesWhenIpv6AddressIsNotPublicIsFalse(String address) {
		assertThat(matches(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "8.8.8.8", "9.255.255.255", "11.0.0.1", "52.218.0.1", "100.63.255.255", "100.128.0.1",
			"172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "223.255.255.255", "::ffff:8.8.8.8",
			"2600:1f00::1", "2a05:d000::1", "3fff:1000::1" })
	void matchesWhenAddressIsPublic(String address) {
		assertThat(matches(address)).isTrue();
	}

	private boolean matches(String literal) {
		InetAddress address = InetAddress.ofLiteral(literal);
		assertThat(filter.matches(new InetSocketAddress(address, 443))).isEqualTo(filter.matches(address));
		return filter.matches(address);
	}

}
