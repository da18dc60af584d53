package io.htgateway.settings;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Finds durations and sizes without a unit, which would be milliseconds and bytes.
 */
final class Units {

	private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,12}");

	private final KnownProperties known;

	Units(KnownProperties known) {
		this.known = known;
	}

	/**
	 * Hands each of them to the given consumer, in a sentence.
	 */
	void forEach(Environment environment, Consumer<String> problem) {
		Binder binder = Binder.get(environment);
		known.byForm().values().forEach((property) -> {
			if (property.isOf(Duration.class)) {
				check(binder, property.name(), "s (seconds), %sm (minutes) or %sms (milliseconds)", problem);
			}
			else if (property.isOf(DataSize.class)) {
				check(binder, property.name(), "MB (megabytes) or %sKB (kilobytes)", problem);
			}
		});
	}

	private static void check(Binder binder, String name, String units, Consumer<String> problem) {
		String value = binder.bind(name, Bindable.of(String.class)).orElse("").strip();
		if (NUMBER.matcher(value).matches()) {
			problem.accept("%s is %s, which has no unit: write %s".formatted(name, value, value)
					+ units.replace("%s", value) + ".");
		}
	}

}
