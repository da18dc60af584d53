package io.htgateway.web.server;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Rejects a management port that is the port of callers: operations do not authenticate
 * anybody.
 */
final class SeparateManagementPort {

	private static final String PORT = "management.server.port";

	private SeparateManagementPort() {
	}

	/**
	 * Checks that the two ports differ.
	 * @throws InvalidConfigurationPropertyValueException if they are the same
	 */
	static void check(Environment environment) {
		if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
			throw new InvalidConfigurationPropertyValueException(PORT, environment.getProperty(PORT),
					"must differ from server.port: the management port can purge the cache and needs no token");
		}
	}

}
