package io.htgateway.teams;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;

/**
 * Finds properties of teams that do not exist, and tells their names without their
 * values: a misspelt limit must not mean that there is none.
 */
final class UnknownProperties {

	static final String TEAMS = "gateway.teams";

	private static final String WORD = "[a-zA-Z]{1,20}[0-9]{0,3}";

	/**
	 * What surely is no token.
	 */
	private static final Pattern NAME = Pattern.compile(WORD + "(?:[.-]" + WORD + "|\\[[0-9]{1,4}])*");

	private UnknownProperties() {
	}

	/**
	 * Fails with an {@link UnboundConfigurationPropertiesException} where a team has a
	 * property that does not exist, other than by the environment.
	 */
	static void refuse(Binder configuration) {
		configuration.bind(TEAMS, Bindable.listOf(TeamsProperties.Entry.class),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
	}

	/**
	 * What is unknown, in words.
	 */
	static String of(UnboundConfigurationPropertiesException unknown) {
		return unknown.getUnboundProperties()
			.stream()
			.map((property) -> property.getName().toString())
			.map((name) -> NAME.matcher(name).matches() ? name : "one whose name is not told here")
			.distinct()
			.limit(10)
			.collect(Collectors.joining(", ", "properties that do not exist: ", ""));
	}

}
