package io.htgateway.settings;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.htgateway.secret.Secret;
import io.htgateway.settings.KnownProperties.Property;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Finds values that would silently mean something else: durations and sizes without a
 * unit (milliseconds and bytes), and empty ones (the default).
 */
final class Values {

	private static final Set<String> MAY_BE_EMPTY = Set.of(String.class.getName(), Secret.class.getName());

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,12}");

	private final KnownProperties known;

	Values(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Hands each of them to the given consumer, in a sentence.
	 */
	void forEach(Environment environment, Consumer<String> problem) {
		Binder binder = Binder.get(environment);
		known.byForm().values().stream().filter((property) -> !property.isPartOfList()).forEach((property) -> {
			String value = binder.bind(property.name(), Bindable.of(String.class)).orElse(null);
			if (value != null) {
				check(property, value.strip(), problem);
			}
		});
	}

	private static void check(Property property, String value, Consumer<String> problem) {
		if (value.isEmpty() && !MAY_BE_EMPTY.contains(property.type()) && !property.isList()) {
			problem.accept(property.name() + " is empty: give it a value, or remove it.");
		}
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
