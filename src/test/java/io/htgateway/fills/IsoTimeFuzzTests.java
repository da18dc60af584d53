package io.htgateway.fills;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

import io.htgateway.testing.Draw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link IsoTime}.
 */
@Tag("fuzz")
class IsoTimeFuzzTests {

	/**
	 * A text and its time, if it is valid.
	 */
	record Written(String text, Optional<Instant> time) {
	}

	@Property
	void parseHasTheTimeThatIsWritten(@ForAll("times") Written written) {
		assertThat(IsoTime.parse(written.text())).isEqualTo(written.time());
	}

	@Property
	void parseWhenTextIsAnythingTakesTimesOnly(@ForAll("texts") String text) {
		IsoTime.parse(text)
			.ifPresent((time) -> assertThat(text).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}[0-9T:.Z+-]{0,25}"));
	}

	@Provide
	Arbitrary<Written> times() {
		return Arbitraries.randomValue((random) -> written(new Draw(random)));
	}

	@Provide
	Arbitrary<String> texts() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			StringBuilder text = new StringBuilder(written(draw).text());
			for (int changes = 1 + draw.below(3); changes > 0; changes--) {
				int at = draw.below(text.length());
				text.replace(at, at + draw.of(0, 1),
						draw.chance(50) ? draw.text("0123456789-:TZ+.", 1, 1) : draw.character());
			}
			return text.toString();
		});
	}

	private static Written written(Draw draw) {
		LocalDate date = LocalDate.ofYearDay(draw.below(10_000), 1 + draw.below(365));
		if (draw.chance(10)) {
			return new Written(date.toString(), Optional.of(date.atStartOfDay().toInstant(ZoneOffset.UTC)));
		}
		LocalTime time = LocalTime.of(draw.below(24), draw.below(60));
		String text = date + "T" + time;
		return draw.chance(20) ? new Written(text, Optional.of(date.atTime(time).toInstant(ZoneOffset.UTC)))
				: withOffset(draw, text, date, time);
	}

	private static Written withOffset(Draw draw, String text, LocalDate date, LocalTime time) {
		int second = draw.below(60);
		int nano = draw.of(0, draw.below(1000) * 1_000_000, draw.below(1_000_000_000));
		LocalTime exact = time.withSecond(second).withNano(nano);
		String fraction = (nano == 0) ? "" : ".%09d".formatted(nano);
		int hours = draw.below(20);
		int minutes = draw.of(0, 0, draw.below(60));
		int sign = draw.of(1, -1);
		String offset = (sign > 0 ? "+" : "-") + "%02d".formatted(hours)
				+ (minutes == 0 && draw.chance(50) ? "" : draw.of(":", "") + "%02d".formatted(minutes));
		int seconds = sign * (hours * 3600 + minutes * 60);
		return new Written(text + ":%02d".formatted(second) + fraction + offset, Math.abs(seconds) > 18 * 3600
				? Optional.empty() : Optional.of(date.atTime(exact).toInstant(ZoneOffset.ofTotalSeconds(seconds))));
	}

}
