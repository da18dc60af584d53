package io.htgateway.web;

import io.htgateway.testing.platform.OnKubernetes;
import io.htgateway.web.server.ProtocolIntegrationTests;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The security tests of this package with the variables of Kubernetes.
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
	@Tag("kubernetes")
	class TeamsFile extends TeamsFileIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class TokenRotation extends TokenRotationIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class TeamShare extends TeamShareIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Smuggling extends SmugglingIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class RequestRefusal extends RequestRefusalIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class CacheKey extends CacheKeyIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class PageHeaders extends PageHeadersIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Cors extends CorsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class CorsTeam extends CorsTeamIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Protocol extends ProtocolIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class RequestLimits extends RequestLimitsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class RequestBody extends RequestBodyIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class BrokenHttp2 extends BrokenHttp2IntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Connection extends ConnectionIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Budget extends BudgetIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Herd extends HerdIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class Tls extends TlsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class RefusedRequestLog extends RefusedRequestLogIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class ManyStreams extends ManyStreamsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class HitConnection extends HitConnectionIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class PipelinedRequests extends PipelinedRequestsIntegrationTests {

	}

	@Nested
	@OnKubernetes
	@Tag("kubernetes")
	class OwnFailure extends OwnFailureIntegrationTests {

	}

}
