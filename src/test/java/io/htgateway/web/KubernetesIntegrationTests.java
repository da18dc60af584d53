package io.htgateway.web;

import io.htgateway.testing.platform.OnKubernetes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of security of this package with the variables that every pod has.
 */
class KubernetesIntegrationTests {

	@Nested
	@OnKubernetes
	class ForwardedHeaders extends ForwardedHeadersIntegrationTests {

		@Test
		void platformIsDetected(@Autowired Environment environment) {
			assertThat(CloudPlatform.getActive(environment)).isEqualTo(CloudPlatform.KUBERNETES);
		}

	}

}
