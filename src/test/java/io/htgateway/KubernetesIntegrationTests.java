package io.htgateway;

import io.htgateway.testing.platform.OnKubernetes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The tests of security of this package with the variables that every pod has.
 */
class KubernetesIntegrationTests {

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class SecretLeak extends SecretLeakIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class HeaderPassage extends HeaderPassageIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Actuator extends ActuatorIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class ClosedStart extends ClosedStartTests {

	}

}
