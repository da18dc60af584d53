package io.htgateway.usage;

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
	class Usage extends UsageIntegrationTests {

	}

}
