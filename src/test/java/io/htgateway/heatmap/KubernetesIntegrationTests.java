package io.htgateway.heatmap;

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
	class HeatmapLink extends HeatmapLinkIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class HeatmapRedirect extends HeatmapRedirectIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class HeatmapCoding extends HeatmapCodingIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class HeatmapRefusal extends HeatmapRefusalIntegrationTests {

	}

}
