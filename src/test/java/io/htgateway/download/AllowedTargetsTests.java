package io.htgateway.download;

import java.util.List;

import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.PresignedUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link AllowedTargets}.
 */
class AllowedTargetsTests {

	private final AllowedTargets targets = new AllowedTargets(List.of("*.amazonaws.com", "Files.Example.com"), false);

	private final AllowedTargets insecure = new AllowedTargets(List.of("127.0.0.1", "[::1]"), true);

	@ParameterizedTest
	@ValueSource(strings = { "https://bucket.s3.eu-west-1.amazonaws.com/key?X-Amz-Signature=a",
			"https://a.amazonaws.com", "HTTPS://BUCKET.S3.AMAZONAWS.COM/key", "https://bucket.amazonaws.com:443/key",
			"https://bucket.amazonaws.com:/", "https://files.example.com/a", "https://FILES.EXAMPLE.COM/a#fragment" })
	void checkWhenHostAndSchemeAreAllowedReturnsLink(String link) {
		PresignedUrl url = PresignedUrl.parse(link);

		assertThat(targets.check(url)).isSameAs(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://amazonaws.com/", "https://evilamazonaws.com/", "https://amazonaws.com.evil.com/",
			"https://bucket.amazonaws.com./", "https://bucket.amazonaws.co/", "https://evil.com/.amazonaws.com",
			"https://evil.com/?.amazonaws.com", "https://evil.com#.amazonaws.com", "https://a.files.example.com/",
			"https://localhost/", "https://127.0.0.1/", "https://169.254.169.254/latest/meta-data",
			"https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://[::1]/",
			"https://[::ffff:169.254.169.254]/", "https://[fd00:ec2::254]/" })
	void checkWhenHostIsAnotherIsRefused(String link) {
		assertRefused(targets, link, "its host is not in gateway.downloads.allowed-hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "key", "/key", "?a=b", "https:key", "https:/key", "https:///key",
			"https://.amazonaws.com/", "https://*.amazonaws.com/", "https://my_bucket.amazonaws.com/",
			"https://evil.com%2f.amazonaws.com/", "file:///etc/passwd", "data:text/plain,a",
			"mailto:a@bucket.amazonaws.com" })
	void checkWhenLinkHasNoPlainHostIsRefused(String link) {
		assertRefused(targets, link, "its host is not in gateway.downloads.allowed-hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "8.8.8.8", "[::1]", "[2600:1f00::1]", "0177.0.0.1", "00127.0.0.1",
			"2130706433", "017700000001", "0x7f000001", "0X7F000001" })
	void checkWhenHostIsAddressIsRefusedEvenIfItIsAllowed(String host) {
		assertRefused(new AllowedTargets(List.of(host), false), "https://" + host + "/", "its host is an IP address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user@bucket.amazonaws.com/", "https://user:canary@bucket.amazonaws.com/",
			"https://@bucket.amazonaws.com/", "https://evil.com%40@bucket.amazonaws.com/" })
	void checkWhenLinkHasUserInfoIsRefused(String link) {
		assertRefused(targets, link, "it contains user info");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://bucket.amazonaws.com@evil.com/", "https://bucket.amazonaws.com:443@evil.com/" })
	void checkWhenUserInfoLooksLikeAllowedHostIsRefused(String link) {
		assertRefused(targets, link, "its host is not in gateway.downloads.allowed-hosts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://bucket.amazonaws.com/", "http://bucket.amazonaws.com:443/",
			"ftp://bucket.amazonaws.com/", "ws://bucket.amazonaws.com/", "//bucket.amazonaws.com/" })
	void checkWhenSchemeIsNotHttpsIsRefused(String link) {
		assertRefused(targets, link, "its scheme is not https");
	}

	@ParameterizedTest
	@CsvSource({ "0", "80", "442", "8443", "65535", "99999" })
	void checkWhenPortIsNot443IsRefused(int port) {
		assertRefused(targets, "https://bucket.amazonaws.com:" + port + "/", "its port is not 443");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:9000/key", "https://127.0.0.1/key", "http://[::1]:9000/key" })
	void checkWhenInsecureIsAllowedAcceptsHttpAndAnyPort(String link) {
		PresignedUrl url = PresignedUrl.parse(link);

		assertThat(insecure.check(url)).isSameAs(url);
	}

	@Test
	void checkWhenInsecureIsAllowedStillChecksHostsAndSchemes() {
		assertRefused(insecure, "http://127.0.0.2:9000/key", "its host is not in gateway.downloads.allowed-hosts");
		assertRefused(insecure, "http://bucket.amazonaws.com/key",
				"its host is not in gateway.downloads.allowed-hosts");
		assertRefused(insecure, "http://user@127.0.0.1:9000/key", "it contains user info");
		assertRefused(insecure, "ftp://127.0.0.1/key", "its scheme is not https");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.com/", "/x", "//evil.com/x" })
	void checkWhenRedirectIsRefusedNamesTheStore(String location) {
		PresignedUrl target = PresignedUrl.parse("https://evil.amazonaws.com.evil.com/a").resolve(location);

		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> targets.check(target))
			.withMessage(
					"the object store gave a redirect that may not be followed: its host is not in gateway.downloads.allowed-hosts");
	}

	@Test
	void checkWhenS3IsAllowedAcceptsItsHostsAndOtherAllowedOnes() {
		AllowedTargets s3 = new AllowedTargets(List.of("aws:s3", "files.example.com"), false);

		assertThat(s3.check(PresignedUrl.parse("https://bucket.s3.eu-west-1.AmazonAWS.com/key"))).isNotNull();
		assertThat(s3.check(PresignedUrl.parse("https://files.example.com/key"))).isNotNull();
		assertRefused(s3, "https://ec2-1-2-3-4.compute-1.amazonaws.com/key",
				"its host is not in gateway.downloads.allowed-hosts");
		assertRefused(s3, "https://user@s3.amazonaws.com/key", "it contains user info");
		assertRefused(s3, "http://s3.amazonaws.com/key", "its scheme is not https");
		assertRefused(s3, "https://s3.amazonaws.com:8443/key", "its port is not 443");
	}

	private static void assertRefused(AllowedTargets targets, String link, String reason) {
		PresignedUrl url = PresignedUrl.parse(link);

		assertThatExceptionOfType(DownloadException.TargetRefused.class).isThrownBy(() -> targets.check(url))
			.withMessage("the upstream gave a link that may not be followed: " + reason);
	}

}
