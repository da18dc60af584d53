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
 * Search for values that would silently mean something unintended: durations and sizes
 * without a unit, which would be milliseconds and bytes, and empty values, which would be
 * the default. Units are also checked in properties of the framework.
 */
final class ValueCheck {

	private static final Set<String> MAY_BE_EMPTY = Set.of(String.class.getName(), Secret.class.getName());

	private static final String SHUTDOWN_TIMEOUT = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");

	private final KnownProperties known;

	ValueCheck(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Passes a sentence on each such value to the given consumer.
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
			checkShutdownTimeout(property, value, problem);
		}));
	}

	private static Optional<String> value(Property property, Binder binder) {
		return Optional.ofNullable(binder.bind(property.name(), Bindable.of(String.class)).orElse(null))
			.map(String::strip);
	}

	// A timeout below a second would cut off requests in progress.
	private static void checkShutdownTimeout(Property property, String value, Consumer<String> problem) {
		if (!property.name().equals(SHUTDOWN_TIMEOUT) || NUMBER.matcher(value).matches()) {
			return;
		}
		try {
			Duration timeout = DurationStyle.detectAndParse(value);
			if (timeout.isPositive() && timeout.compareTo(SECOND) < 0) {
				problem.accept("%s is \"%s\" and must be 0s, or 1s or more.".formatted(SHUTDOWN_TIMEOUT, value));
			}
		}
		catch (IllegalArgumentException notDuration) {
			// The framework rejects the value and reports it.
		}
	}

	private static void checkEmpty(Property property, String value, Consumer<String> problem) {
		if (value.isEmpty() && !MAY_BE_EMPTY.contains(property.type()) && !property.isList()) {
			problem.accept(property.name() + " is empty: set a value, or remove it to use the default.");
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
