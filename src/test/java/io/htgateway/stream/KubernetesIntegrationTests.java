package io.htgateway.stream;

import io.htgateway.testing.platform.OnKubernetes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Runs the security tests of this package with the environment variables of every pod.
 */
class KubernetesIntegrationTests {

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Access extends StreamAccessIntegrationTests {

	}

}
