package io.htgateway.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Startup check of settings that the framework would ignore, or reject without an
 * explanation: command line arguments, ports, profiles and proxy variables. Spring Boot
 * finds this listener in <code>META-INF/spring.factories</code>.
 */
final class StartupCheck implements ApplicationListener<ApplicationPreparedEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(StartupCheck.class);

	private static final List<String> PORTS = List.of("server.port", "management.server.port");

	private static final Pattern PORT = Pattern.compile("-1|[0-9]{1,5}");

	private static final int LAST_PORT = 65_535;

	/**
	 * Advice for a port variable that Kubernetes set for a service.
	 */
	private static final String SERVICE_LINK_ADVICE = " Kubernetes sets this variable for a service of that name:"
			+ " set enableServiceLinks: false in the pod, or rename the service.";

	/**
	 * Arguments whose name cannot be a secret, so that messages may show it.
	 */
	private static final Pattern SHOWABLE = Pattern.compile("-?(D?[a-z]{1,20}([.-][a-z]{1,20}){1,6})=.*");

	private static final List<String> PROXIES = List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy",
			"ALL_PROXY", "all_proxy");

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
		List<String> problems = new ArrayList<>();
		Stream.of(event.getArgs())
			.map(StartupCheck::ignoredArgument)
			.filter((text) -> !text.isEmpty())
			.forEach(problems::add);
		PORTS.stream()
			.map((name) -> invalidPort(environment, name))
			.filter((text) -> !text.isEmpty())
			.forEach(problems::add);
		if (!problems.isEmpty()) {
			throw new UnusableSettingsException(problems);
		}
		Stream.of(environment.getActiveProfiles())
			.filter((profile) -> !hasFile(environment, profile))
			.forEach((profile) -> LOG.warn("Profile {} has no effect: no application-{}.yaml was found", profile,
					profile));
		PROXIES.stream()
			.filter(environment.getSystemEnvironment()::containsKey)
			.findFirst()
			.ifPresent((variable) -> LOG.info(
					"Environment variable {} is ignored: the gateway connects to HyperTracker and to object stores directly",
					variable));
	}

	private static String ignoredArgument(String argument) {
		if (argument.startsWith("--") || !(argument.startsWith("-") || argument.contains("="))) {
			return "";
		}
		var shown = SHOWABLE.matcher(argument);
		if (!shown.matches()) {
			return "An argument that is not shown, since it may be a secret, sets no property: arguments begin with two"
					+ " dashes, such as --gateway.risk.ttl=5m.";
		}
		String name = shown.group(1);
		return "Argument %s sets no property: write --%s=... instead."
			.formatted(argument.substring(0, argument.indexOf('=')), name.startsWith("D") ? name.substring(1) : name);
	}

	private static String invalidPort(ConfigurableEnvironment environment, String name) {
		String value = environment.getProperty(name, "").strip();
		return (value.isEmpty() || isPort(value)) ? ""
				: "%s%s is \"%s\" and must be a port from 1 to %d.%s".formatted(name,
						PropertyLocation.of(environment, name), value, LAST_PORT,
						value.startsWith("tcp://") ? SERVICE_LINK_ADVICE : "");
	}

	private static boolean isPort(String value) {
		return PORT.matcher(value).matches() && Integer.parseInt(value) <= LAST_PORT;
	}

	// A file with several documents may have one for the profile, so it counts.
	private static boolean hasFile(ConfigurableEnvironment environment, String profile) {
		return environment.getPropertySources()
			.stream()
			.map(PropertySource::getName)
			.anyMatch((name) -> name.contains("application-" + profile + ".") || name.contains("(document #"));
	}

}
