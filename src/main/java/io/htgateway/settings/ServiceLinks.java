package io.htgateway.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.env.PropertySource;

/**
 * Detection of the environment variables that Kubernetes adds for each service, such as
 * <code>GATEWAY_PORT</code> for a service with the name gateway. Their values, and the
 * other variables of the same service, distinguish them from variables of an operator.
 */
final class ServiceLinks {

	private static final Pattern SERVICE = Pattern.compile("(.+)_SERVICE_(?:HOST|PORT(?:_.+)?)");

	private static final Pattern PORT = Pattern
		.compile("(.+?_PORT(?:_[0-9]+_(?:TCP|UDP|SCTP))?)(?:_(?:PROTO|PORT|ADDR))?");

	private static final Pattern ADDRESS = Pattern.compile("(?:tcp|udp|sctp)://.+");

	private ServiceLinks() {
	}

	/**
	 * Returns whether Kubernetes added the named variable.
	 */
	static boolean has(String name, PropertySource<?> variables) {
		Matcher service = SERVICE.matcher(name);
		if (service.matches() && variables.containsProperty(service.group(1) + "_SERVICE_HOST")
				&& variables.containsProperty(service.group(1) + "_SERVICE_PORT")) {
			return true;
		}
		Matcher port = PORT.matcher(name);
		return port.matches() && (isAddress(name, variables) || isAddress(port.group(1), variables));
	}

	private static boolean isAddress(String name, PropertySource<?> variables) {
		return ADDRESS.matcher(String.valueOf(variables.getProperty(name))).matches();
	}

}
