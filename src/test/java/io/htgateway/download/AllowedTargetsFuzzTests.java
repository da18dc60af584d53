package io.htgateway.download;

import java.util.List;
import java.util.Locale;

import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.PresignedUrl;
import io.htgateway.testing.Draw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link AllowedTargets} against a check of the link's text
 * without a URI parser. No name is resolved.
 */
@Tag("fuzz")
class AllowedTargetsFuzzTests {

	private static final String NAME = "[a-z0-9-]+(\\.[a-z0-9-]+)*";

	private static final PresignedUrl BASE = PresignedUrl.parse("https://bucket.amazonaws.com/dir/key");

	private final AllowedTargets targets = new AllowedTargets(List.of("*.amazonaws.com", "files.example.com"), false);

	@Property
	void checkWhenLinkIsAnythingAcceptsOnlyAllowedHostsOverTls(@ForAll("links") String link) {
		if (isAccepted(targets, link)) {
			assertThat(isAllowed(link)).as(link).isTrue();
			assertThat(isAllowed(PresignedUrl.parse(link).uri().toString())).as(link).isTrue();
		}
	}

	@Property
	void checkWhenRedirectIsAnythingAcceptsOnlyAllowedHostsOverTls(@ForAll("redirects") String location) {
		try {
			PresignedUrl target = targets.check(BASE.resolve(location));

			assertThat(isAllowed(target.uri().toString())).as(location).isTrue();
			assertThat(target.uri().toString()).matches("[!-~]+");
		}
		catch (DownloadException.TargetRefused refused) {
			assertThat(isPlain(location)).as(location).isFalse();
		}
	}

	@Property
	void checkWhenLinkIsPlainAcceptsIt(@ForAll("plainLinks") String link) {
		assertThat(isAccepted(targets, link)).isTrue();
	}

	@Property
	void checkWhenHostIsAddressRefusesItEvenIfItIsAllowed(@ForAll("addresses") String host) {
		assertThat(isAccepted(new AllowedTargets(List.of(host, "*." + host, "*.1"), false), "https://" + host + "/"))
			.isFalse();
	}

	@Provide
	Arbitrary<String> links() {
		return Arbitraries.randomValue((random) -> link(new Draw(random)));
	}

	@Provide
	Arbitrary<String> redirects() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			return draw.chance(20) ? draw.of("", "/", "../", "//") + host(draw) + draw.of("", ":80", "?a", "#a")
					: link(draw);
		});
	}

	@Provide
	Arbitrary<String> plainLinks() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			return draw.of("https", "HTTPS") + "://"
					+ draw.of("files.example.com", "Files.Example.COM",
							"b" + draw.text("abc019-", 0, 9) + "0.s3.amazonaws.com")
					+ draw.of("", ":", ":443") + draw.of("", "/", "/key?X-Amz-Signature=" + draw.text("abc019", 0, 9));
		});
	}

	@Provide
	Arbitrary<String> addresses() {
		return Arbitraries.randomValue((random) -> LiteralAddresses.any(new Draw(random)));
	}

	private static String link(Draw draw) {
		String link = draw.of("https", "https", "https", "HTTPS", "http", "ftp", "")
				+ draw.of("://", "://", "://", ":", "//")
				+ draw.of("", "", "", "user@", "a:b@", "@", "bucket.amazonaws.com@", "%40@", "\\") + host(draw)
				+ draw.of("", "", ":443", ":", ":80", ":0443", ":-1", ":443@evil.com", ":99999999999")
				+ draw.of("", "/", "/key?a=b", "?.amazonaws.com", "#.amazonaws.com", "/@bucket.amazonaws.com", "\\a");
		return draw.chance(80) ? link : changed(draw, link);
	}

	private static String host(Draw draw) {
		return switch (draw.below(5)) {
			case 0 -> LiteralAddresses.any(draw) + draw.of("", "", ".", ".amazonaws.com", "%00.amazonaws.com");
			case 1 -> draw.of("evil.com", "localhost", "xn--bcket-kva", "b\u00fccket", "my_bucket", "") + draw.of("",
					".", ".amazonaws.com", "amazonaws.com", "\u3002amazonaws.com", "\uff0eamazonaws\uff0ecom",
					".amazo\u0301naws.com", ".\u0430mazonaws.com", "%2eamazonaws.com", "%.amazonaws.com");
			case 2 -> draw.of("amazonaws.com", "a.amazonaws.com", "files.example.com") + draw.of("", ".", "..",
					".evil.com", "%2f.evil.com", "%00", "\u0000", " ", "\r\n", "\t", "\uff0f.evil.com");
			default ->
				draw.text("ab09-.", 0, 9) + draw.of("", ".", "..", "-") + draw.of("amazonaws.com", "AMAZONAWS.com");
		};
	}

	private static String changed(Draw draw, String link) {
		StringBuilder changed = new StringBuilder(link);
		int at = draw.below(link.length() + 1);
		return changed
			.replace(at, Math.min(link.length(), at + draw.below(3)),
					draw.of("", draw.character(), draw.text("./:@?#[]%\\-a0 ", 1, 3)))
			.toString();
	}

	private static boolean isAccepted(AllowedTargets targets, String link) {
		try {
			targets.check(PresignedUrl.parse(link));
			return true;
		}
		catch (DownloadException.TargetRefused refused) {
			return false;
		}
	}

	private static boolean isPlain(String location) {
		return location.matches("https://(files\\.example\\.com|bucket\\.amazonaws\\.com)(:443)?/[a-z]*")
				|| location.matches("/[a-z]+");
	}

	private static boolean isAllowed(String link) {
		String lower = link.replaceAll("^ +| +$", "").toLowerCase(Locale.ROOT);
		if (!lower.startsWith("https://") || lower.chars().anyMatch((c) -> c < ' ' || c == 0x7f)) {
			return false;
		}
		String authority = lower.substring("https://".length()).split("[/?#]", 2)[0];
		String host = authority.replaceFirst(":(0*443)?$", "");
		return host.matches(NAME) && (host.equals("files.example.com") || host.endsWith(".amazonaws.com"));
	}

}
