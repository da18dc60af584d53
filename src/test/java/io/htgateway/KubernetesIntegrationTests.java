package io.htgateway;

import io.htgateway.testing.platform.OnKubernetes;
import org.junit.jupiter.api.Nested;

/**
 * The tests of security of this package with the variables that every pod has.
 */
class KubernetesIntegrationTests {

	@Nested
	@OnKubernetes
	class SecretLeak extends SecretLeakIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class HeaderPassage extends HeaderPassageIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class Actuator extends ActuatorIntegrationTests {

	}

}
