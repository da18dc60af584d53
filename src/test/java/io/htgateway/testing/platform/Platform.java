package io.htgateway.testing.platform;

import java.util.Map;

/**
 * A platform that the framework detects by variables of the environment.
 */
public enum Platform {

	KUBERNETES(Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1", "KUBERNETES_SERVICE_PORT", "443")),

	CLOUD_FOUNDRY(Map.of("VCAP_APPLICATION", "{}", "VCAP_SERVICES", "{}")),

	HEROKU(Map.of("DYNO", "web.1", "PORT", "5000")),

	SAP(Map.of("HC_LANDSCAPE", "a", "HC_APPLICATION", "b", "HC_ACCOUNT", "c")),

	NOMAD(Map.of("NOMAD_ALLOC_ID", "a")),

	AZURE_APP_SERVICE(Map.of("WEBSITE_SITE_NAME", "a", "WEBSITE_INSTANCE_ID", "b", "WEBSITE_RESOURCE_GROUP", "c",
			"WEBSITE_SKU", "d", "WEBSITES_ENABLE_APP_SERVICE_STORAGE", "false")),

	AWS_ECS(Map.of("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE"));

	/**
	 * Names the platform whose variables a context of a test has.
	 */
	public static final String PROPERTY = "test.platform";

	@SuppressWarnings("ImmutableEnumChecker")
	private final Map<String, String> variables;

	Platform(Map<String, String> variables) {
		this.variables = variables;
	}

	/**
	 * The variables that the platform sets in every process.
	 */
	public Map<String, String> variables() {
		return variables;
	}

}
