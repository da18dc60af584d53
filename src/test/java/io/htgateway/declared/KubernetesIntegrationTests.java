package io.htgateway.declared;

import io.htgateway.testing.platform.OnKubernetes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The security tests of this package with the variables of Kubernetes.
 */
class KubernetesIntegrationTests {

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class TeamEndpoints extends TeamEndpointsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class TeamRights extends TeamRightsIntegrationTests {

	}

}
