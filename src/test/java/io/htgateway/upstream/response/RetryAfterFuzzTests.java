package io.htgateway.upstream.response;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.htgateway.testing.Draw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link RetryAfter}.
 */
@Tag("fuzz")
class RetryAfterFuzzTests {

	private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

	private static final Duration MIN = Duration.ofSeconds(1);

	private static final Duration MAX = Duration.ofHours(1);

	// The forms of a date (RFC 9110 5.6.7).
	private static final List<DateTimeFormatter> DATES = Stream
		.of("EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss yyyy")
		.map((pattern) -> DateTimeFormatter.ofPattern(pattern, Locale.US))
		.toList();

	/**
	 * A response and the wait that it asks for, before the limits apply.
	 */
	record Sample(HttpHeaders headers, String body, BigInteger seconds) {
	}

	@Property
	void ofWhenResponseIsAnythingIsEmptyOrWithinLimits(@ForAll("answers") Sample sample) {
		RetryAfter.of(sample.headers(), sample.body(), NOW).ifPresent((wait) -> assertThat(wait).isBetween(MIN, MAX));
	}

	@Property
	void ofReturnsTheRequestedWait(@ForAll("waits") Sample sample) {
		BigInteger seconds = sample.seconds().max(BigInteger.ONE).min(BigInteger.valueOf(3600));

		assertThat(RetryAfter.of(sample.headers(), sample.body(), NOW))
			.contains(Duration.ofSeconds(seconds.longValue()));
	}

	@Provide
	Arbitrary<Sample> answers() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			HttpHeaders headers = new HttpHeaders();
			draw.some(2, () -> garbled(draw, header(draw)))
				.forEach((value) -> headers.add(HttpHeaders.RETRY_AFTER, value));
			draw.some(1, () -> garbled(draw, date(draw, NOW))).forEach((value) -> headers.add(HttpHeaders.DATE, value));
			return new Sample(headers, garbled(draw, body(draw, number(draw))), BigInteger.ZERO);
		});
	}

	@Provide
	Arbitrary<Sample> waits() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			HttpHeaders headers = new HttpHeaders();
			BigInteger number = number(draw);
			return switch (draw.below(3)) {
				case 0 -> dated(draw, headers);
				case 1 -> {
					headers.set(HttpHeaders.RETRY_AFTER, draw.of("", " ") + draw.text("0", 0, 9) + number);
					yield new Sample(headers, body(draw, number(draw)), number);
				}
				default -> {
					headers.set(HttpHeaders.RETRY_AFTER, draw.of("soon", "-1", "1.5", ""));
					yield new Sample(headers, body(draw, number), number);
				}
			};
		});
	}

	// Relative to the upstream's own clock, which is fast or slow.
	private static Sample dated(Draw draw, HttpHeaders headers) {
		Instant date = NOW.plusSeconds(draw.below(20_000_000) - 10_000_000);
		int seconds = draw.below(draw.of(100, 10_000, 100_000_000)) - 50;
		headers.set(HttpHeaders.DATE, date(draw, date));
		headers.set(HttpHeaders.RETRY_AFTER, date(draw, date.plusSeconds(seconds)));
		return new Sample(headers, body(draw, number(draw)), BigInteger.valueOf(seconds));
	}

	private static String header(Draw draw) {
		return draw.chance(50) ? number(draw).toString()
				: date(draw, Instant.ofEpochSecond(draw.below(1 << 30) * 200L));
	}

	private static String date(Draw draw, Instant time) {
		return draw.of(DATES).format(time.atOffset(ZoneOffset.UTC));
	}

	private static BigInteger number(Draw draw) {
		return new BigInteger(draw.of(1, 6, 13, 40, 200), draw.random());
	}

	private static String body(Draw draw, BigInteger seconds) {
		String value = draw.of(seconds + "", "\"" + seconds + "\"", "\"" + seconds + "s\"", seconds + ".9");
		return draw.of("{", "{\"a\":[{}],", "{\"error\":{") + "\"" + draw.of("retry_after", "retryAfter") + "\""
				+ draw.of(":", " : ") + value + draw.of("}", " }", ",\"b\":1}");
	}

	private static String garbled(Draw draw, String text) {
		StringBuilder garbled = new StringBuilder(text);
		for (int changes = draw.below(4); changes > 0; changes--) {
			int at = draw.below(garbled.length() + 1);
			garbled.replace(at, Math.min(garbled.length(), at + draw.below(3)),
					draw.of("", draw.character(), draw.text("0123456789 ,:.-+\"GMT", 1, 150)));
		}
		return garbled.toString();
	}

}
