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

	@Nested
	@OnKubernetes
	class TrustedProxies extends TrustedProxiesIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class Team extends TeamIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class TeamsFile extends TeamsFileIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class TeamShare extends TeamShareIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class Smuggling extends SmugglingIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class RequestRefusal extends RequestRefusalIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class CacheKey extends CacheKeyIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class PageHeaders extends PageHeadersIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class Cors extends CorsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class CorsTeam extends CorsTeamIntegrationTests {

	}

	@Nested
	@OnKubernetes
	class Protocol extends ProtocolIntegrationTests {

	}

}
