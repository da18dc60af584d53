package io.htgateway.explorer;

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
	class ExplorerFiles extends ExplorerFilesIntegrationTests {

	}

}
