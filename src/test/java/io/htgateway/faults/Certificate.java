package io.htgateway.faults;

import java.time.Duration;

import io.netty.pkitesting.CertificateBuilder;

/**
 * What a server shows of itself.
 */
enum Certificate {

	/**
	 * The right host, now.
	 */
	GOOD(true, Duration.ofDays(1), Duration.ofDays(30)),

	/**
	 * Another host.
	 */
	WRONG_HOST(false, Duration.ofDays(1), Duration.ofDays(30)),

	/**
	 * The right host, until some days ago.
	 */
	EXPIRED(true, Duration.ofDays(10), Duration.ofDays(-5));

	private final boolean isOfHost;

	private final Duration age;

	private final Duration left;

	Certificate(boolean isOfHost, Duration age, Duration left) {
		this.isOfHost = isOfHost;
		this.age = age;
		this.left = left;
	}

	CertificateBuilder addHost(CertificateBuilder builder) {
		return isOfHost ? builder.addSanIpAddress("127.0.0.1") : builder.addSanDnsName("elsewhere.example");
	}

	Duration age() {
		return age;
	}

	Duration left() {
		return left;
	}

}
