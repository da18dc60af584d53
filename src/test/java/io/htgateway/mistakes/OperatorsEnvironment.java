package io.htgateway.mistakes;

import java.util.Map;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * An environment with the variables of the operator, and none of this process. Their
 * source has a name of its own: the context of the management port adds the variables of
 * this process under the usual one.
 */
final class OperatorsEnvironment extends StandardEnvironment {

	private final Map<String, Object> variables;

	OperatorsEnvironment(Map<String, String> variables) {
		this.variables = Map.copyOf(variables);
		getPropertySources().addLast(new SystemEnvironmentPropertySource(
				"operator-" + SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		getPropertySources().remove(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	@Override
	public Map<String, Object> getSystemEnvironment() {
		return (variables != null) ? variables : Map.of();
	}

}
