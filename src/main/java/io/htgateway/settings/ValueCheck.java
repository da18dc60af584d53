package io.htgateway.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.htgateway.secret.Secret;
import io.htgateway.settings.KnownProperties.Property;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Finds values that would silently mean something else: durations and sizes without a
 * unit (milliseconds and bytes), also those of the framework, and empty ones (the
 * default).
 */
final class ValueCheck {

	private static final Set<String> MAY_BE_EMPTY = Set.of(String.class.getName(), Secret.class.getName());

	private static final String END = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");

	private final KnownProperties known;

	ValueCheck(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Hands each of them to the given consumer, in a sentence.
	 */
	void forEach(Environment environment, Consumer<String> problem) {
		Binder binder = Binder.get(environment);
		known.byForm()
			.values()
			.stream()
			.filter((property) -> !property.isPartOfList())
			.forEach((property) -> value(property, binder).ifPresent((value) -> {
				checkEmpty(property, value, problem);
				checkUnit(property, value, problem);
			}));
		known.ofTheFramework().forEach((property) -> value(property, binder).ifPresent((value) -> {
			checkUnit(property, value, problem);
			checkEnd(property, value, problem);
		}));
	}

	private static Optional<String> value(Property property, Binder binder) {
		return Optional.ofNullable(binder.bind(property.name(), Bindable.of(String.class)).orElse(null))
			.map(String::strip);
	}

	// Milliseconds would cut off the requests in progress.
	private static void checkEnd(Property property, String value, Consumer<String> problem) {
		if (!property.name().equals(END) || NUMBER.matcher(value).matches()) {
			return;
		}
		try {
			Duration end = DurationStyle.detectAndParse(value);
			if (end.isPositive() && end.compareTo(SECOND) < 0) {
				problem.accept("%s is \"%s\" and must be 0s, or 1s or more.".formatted(END, value));
			}
		}
		catch (IllegalArgumentException notDuration) {
			// The framework refuses it, with its value.
		}
	}

	private static void checkEmpty(Property property, String value, Consumer<String> problem) {
		if (value.isEmpty() && !MAY_BE_EMPTY.contains(property.type()) && !property.isList()) {
			problem.accept(property.name() + " is empty: give it a value, or remove it.");
		}
	}

	private static void checkUnit(Property property, String value, Consumer<String> problem) {
		if (NUMBER.matcher(value).matches()) {
			if (property.isOf(Duration.class)) {
				problem.accept(unitless(property, value, "s (seconds)", "m (minutes)", "ms (milliseconds)"));
			}
			else if (property.isOf(DataSize.class)) {
				problem.accept(unitless(property, value, "MB (megabytes)", "KB (kilobytes)", "B (bytes)"));
			}
		}
	}

	private static String unitless(Property property, String value, String first, String second, String third) {
		return "%1$s is %2$s, which has no unit: write %2$s%3$s, %2$s%4$s or %2$s%5$s.".formatted(property.name(),
				value, first, second, third);
	}

}
