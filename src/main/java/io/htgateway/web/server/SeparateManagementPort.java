package io.htgateway.web.server;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Refuses to serve operators on the port of clients: operations ask nobody who they are.
 */
final class SeparateManagementPort {

	private static final String PORT = "management.server.port";

	private SeparateManagementPort() {
	}

	/**
	 * Fails with an {@link InvalidConfigurationPropertyValueException} where both are the
	 * same.
	 */
	static void check(Environment environment) {
		if (ManagementPortType.get(environment) == ManagementPortType.SAME) {
			throw new InvalidConfigurationPropertyValueException(PORT, environment.getProperty(PORT),
					"must differ from server.port: the management port can purge the cache and needs no token");
		}
	}

}
