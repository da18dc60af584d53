package io.htgateway.chart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is said of values that are misspelt or make no sense together.
 */
class ChartRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			replicaCuont: 2 | additional properties 'replicaCuont' not allowed
			replicaCount: 0 | at '/replicaCount': minimum: got 0, want 1
			replicaCount: two | at '/replicaCount': got string, want integer
			strategy: {maxSurge: 25%} | at '/strategy/maxSurge': got string, want integer
			gateway: {risk: {tttl: 5m}} | at '/gateway/risk': additional properties 'tttl' not allowed
			gateway: {risk: {ttl: 5 minutes}} | at '/gateway/risk/ttl': '5 minutes' does not match pattern
			gateway: {budget: {plan: gold}} | at '/gateway/budget/plan': value must be one of 'free', 'pulse'
			gateway: {budget: {replicas: 1}} | at '/gateway/budget': additional properties 'replicas' not allowed
			gateway: {drain: {delay: 5s}} | at '/gateway': additional properties 'drain' not allowed
			gateway: {upstream: {api-key: x}} | at '/gateway/upstream': additional properties 'api-key' not allowed
			teams: {values: [{name: Research}]} | at '/teams/values/0/name': 'Research' does not match pattern
			teams: {values: [{nam: research}]} | additional properties 'nam' not allowed
			redis: {enabled: true, port: 99999} | at '/redis/port': maximum: got 99,999, want 65,535
			tracing: {endpoint: collector:4318} | at '/tracing/endpoint': 'collector:4318' does not match pattern
			tracing: {endpoint: http://collector:4318} | at '/tracing/endpoint': 'http://collector:4318' does not match
			tracing: {probability: 2} | at '/tracing/probability': maximum: got 2, want 1
			networkPolicy: {clientNamespaces: [A_B]} | at '/networkPolicy/clientNamespaces/0'
			""")
	void valueThatIsWrongIsRefusedByItsPath(String values, String message) {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(values)).withMessageContaining(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					apiKey: {existingSecret: b, value: a} | apiKey.value and apiKey.existingSecret exclude each other
					teams: {existingSecret: a, values: [{name: b}]} | teams.values and teams.existingSecret exclude each other
					redis: {enabled: true} | redis.enabled needs redis.host, or redis.properties
					redis: {host: redis.example} | redis.enabled is off
					redis: {enabled: true, host: a, password: b, existingSecret: c} | redis.password and redis.existingSecret
					ingress: {enabled: true} | ingress.enabled needs names in ingress.hosts
					ingress: {enabled: true, hosts: [a]} | networkPolicy.clientNamespaces needs the namespace
					httpRoute: {enabled: true} | httpRoute.enabled needs a Gateway in httpRoute.parentRefs
					strategy: {maxSurge: 0} | strategy.maxSurge and strategy.maxUnavailable cannot both be 0
					autoscaling: {minReplicas: 5} | autoscaling.minReplicas is more than autoscaling.maxReplicas
					budget: {existingClaim: spend}; replicaCount: 2 | budget.existingClaim is for one gateway at a time
					budget: {existingClaim: a}; autoscaling: {enabled: true} | budget.existingClaim is for one gateway
					config: {gateway: {risk: {ttl: 5m}}} | config.gateway is not taken
					config: {server.port: 80} | config has the key server.port: write it as nested keys
					config: {server: {port: 80}} | config cannot change the ports of the container
					config: {server: {forward-headers-strategy: framework}} | gateway.access.trusted-proxies
					config: {server: {forward-headers-strategy: NATIVE}} | config cannot change server.forward-headers-strategy
					config: {spring: {webflux: {base-path: /gw}}} | config cannot change the paths of the gateway
					config: {server: {servlet: {context-path: /gw}}} | config cannot change the paths of the gateway
					config: {server: {address: 127.0.0.1}} | config cannot change server.address
					config: {management: {server: {address: 127.0.0.1}}} | config cannot change server.address
					config: {management: {server: {base-path: /m}}} | config cannot change management.server.base-path
					config: {management: {endpoints: {web: {base-path: /}}}} | management.endpoints.web.base-path: probes
					config: {server: {ssl: {bundle: own}}} | config.management.server.ssl.enabled has to be false
					config: {management: {server: {ssl: {bundle: own}}}} | config.management.server.ssl.enabled has to be false
					image: {repository: 'registry:5000/team/gateway:1.0'} | with a tag or digest in it
					image: {repository: 'gateway@sha256:0'} | with a tag or digest in it: those are image.tag and image.digest
					extraEnv: [{name: HYPERTRACKER_API_KEY, value: a}] | extraEnv has HYPERTRACKER_API_KEY, and the key comes from a
					extraEnv: [{name: GATEWAY_UPSTREAM_APIKEYFILE, value: a}] | apiKey.existingSecret names the Secret
					resources: {limits: {memory: 128Mi}} | resources.limits.memory is 128 MiB, less than the heap (30 %, 38 MiB)
					resources: {limits: {memory: 200M}} | and classes and compiled code (130 MiB) need together: 235 MiB
					gateway: {cache: {max-size: 512MB}} | gateway.cache.max-size is 512 MB, and the image has 72 MB
					gateway: {cache: {max-size: 1GB}} | gateway.cache.max-size is 1024 MB, and the image has 72 MB
					service: {type: LoadBalancer} | service.type LoadBalancer needs a rule in networkPolicy.extraIngress
					service: {type: NodePort} | service.type NodePort needs a rule in networkPolicy.extraIngress
					prometheusRule: {enabled: true} | prometheusRule.enabled needs prometheusRule.docsUrl
					prometheusRule: {enabled: true, docsUrl: https://a, disabled: [Misspelt]} | there is no alert Misspelt
					""")
	void valuesThatMakeNoSenseTogetherAreRefusedInWords(String values, String message) {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(values.replace("; ", "\n")))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "image: {repository: 'registry:5000/team/gateway'}",
			"resources: {limits: {memory: 0.5Gi}}", "resources: {limits: {memory: 1e9}}", "resources: {limits: null}",
			"resources: {}", "resources: null", "gateway: null",
			"gateway: {cache: {max-size: 72MB}}; resources: {limits: {memory: 512Mi}}",
			"gateway: {cache: {max-size: 512MB}}; resources: {limits: {memory: 1Gi}}; "
					+ "extraEnv: [{name: JDK_JAVA_OPTIONS, value: -XX:MaxDirectMemorySize=768m}]" })
	void imageAndMemoryThatFitAreTaken(String values) {
		assertThatNoException().isThrownBy(() -> Chart.render(values.replace("; ", "\n")));
	}

	@Test
	void ingressAndRouteExcludeEachOther() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Chart.render("ingress: {enabled: true, hosts: [a]}\nhttpRoute: {enabled: true}"))
			.withMessageContaining("ingress.enabled and httpRoute.enabled exclude each other");
	}

	@Test
	void keyIsNeeded() {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(new Scenario(List.of(), "")))
			.withMessageContaining("apiKey.existingSecret (or apiKey.value) is needed");
	}

	@Test
	void notesBeginWithThreeCommandsAndTellWhoMayCall() {
		String notes = Chart.notes(Scenario.of("autoscaling: {enabled: true}"));

		assertThat(notes.substring(notes.indexOf("NOTES:"))).containsSubsequence("rollout status", "helm ", " test gw",
				"/actuator/gateway", "1/8 of the plan", "everybody who reaches the gateway may call");
	}

}
