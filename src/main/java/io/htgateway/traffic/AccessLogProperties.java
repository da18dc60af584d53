package io.htgateway.traffic;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which requests the access log contains.
 *
 * @param enabled whether requests are logged, in one line each
 * @param outcomes outcomes of the requests that are logged, such as miss, failed,
 * refused; if unset, all requests are logged, also those without an outcome
 */
@ConfigurationProperties(prefix = "gateway.access-log")
record AccessLogProperties(@DefaultValue("true") boolean enabled, @Nullable List<String> outcomes) {

	private static final String PROPERTY = "gateway.access-log.outcomes";

	AccessLogProperties {
		if (outcomes != null) {
			outcomes = List.copyOf(outcomes);
			outcomes.forEach(AccessLogProperties::parse);
			if (outcomes.isEmpty()) {
				throw new IllegalArgumentException(PROPERTY + " has no outcome: use at least one of " + all()
						+ ", remove it to log all requests, or set gateway.access-log.enabled=false to log none");
			}
		}
	}

	/**
	 * Returns the outcomes that are logged, or null if all requests are.
	 */
	@Nullable Set<Outcome> logged() {
		return (outcomes != null) ? outcomes.stream()
			.map(AccessLogProperties::parse)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Outcome.class))) : null;
	}

	private static Outcome parse(String name) {
		return EnumSet.allOf(Outcome.class)
			.stream()
			.filter((outcome) -> outcome.tag().equalsIgnoreCase(name.strip()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					PROPERTY + " has \"" + name + "\", which is not an outcome: use some of " + all()));
	}

	private static String all() {
		return EnumSet.allOf(Outcome.class).stream().map(Outcome::tag).collect(Collectors.joining(", "));
	}

}
