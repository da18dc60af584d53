package io.htgateway.chart;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What is said of values that are misspelt or make no sense together.
 */
class ChartRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					replicaCuont: 2 | additional properties 'replicaCuont' not allowed
					replicaCount: 0 | at '/replicaCount': minimum: got 0, want 1
					replicaCount: two | at '/replicaCount': got string, want integer
					strategy: {maxSurge: 25%} | at '/strategy/maxSurge': got string, want integer
					gateway: {risk: {tttl: 5m}} | at '/gateway/risk': additional properties 'tttl' not allowed
					gateway: {risk: {ttl: 5 minutes}} | at '/gateway/risk/ttl': '5 minutes' does not match pattern
					gateway: {risk: {ttl: 500ms}} | at '/gateway/risk/ttl': '500ms' does not match pattern
					gateway: {heatmap: {stale-if-error: 999ms}} | at '/gateway/heatmap/stale-if-error': '999ms' does not match
					gateway: {fills: {ttl: 999999999ns}} | at '/gateway/fills/ttl': '999999999ns' does not match pattern
					gateway: {risk: {segments: [1-99999]}} | at '/gateway/risk/segments/0': '1-99999' does not match pattern
					gateway: {risk: {segments: [0-16]}} | at '/gateway/risk/segments/0': '0-16' does not match pattern
					gateway: {risk: {segments: [100]}} | at '/gateway/risk/segments/0': maximum: got 100, want 99
					gateway: {risk: {segments: [0]}} | at '/gateway/risk/segments/0': minimum: got 0, want 1
					gateway: {upstream: {base-url: ftp://a}} | at '/gateway/upstream/base-url': 'ftp://a' does not match
					gateway: {cors: {allowed-origins: [https://a/b]}} | at '/gateway/cors/allowed-origins/0': 'https://a/b'
					gateway: {downloads: {allowed-hosts: [https://a]}} | at '/gateway/downloads/allowed-hosts/0': 'https://a'
					gateway: {downloads: {allowed-hosts: []}} | at '/gateway/downloads/allowed-hosts': minItems: got 0, want 1
					gateway: {access: {trusted-proxies: [10.0.0.0/0]}} | at '/gateway/access/trusted-proxies/0': '10.0.0.0/0'
					gateway: {budget: {plan: gold}} | at '/gateway/budget/plan': value must be one of 'free', 'pulse'
					gateway: {budget: {replicas: 1}} | at '/gateway/budget': additional properties 'replicas' not allowed
					gateway: {cache: {directory: /a}} | at '/gateway/cache': additional properties 'directory' not allowed
					gateway: {drain: {delay: 5s}} | at '/gateway': additional properties 'drain' not allowed
					gateway: {upstream: {api-key: x}} | at '/gateway/upstream': additional properties 'api-key' not allowed
					teams: {values: [{name: Research}]} | at '/teams/values/0/name': 'Research' does not match pattern
					teams: {values: [{name: a.}]} | at '/teams/values/0/name': 'a.' does not match pattern
					teams: {values: [{name: anonymous}]} | at '/teams/values/0/name': 'not' failed
					teams: {values: [{name: a, endpoints: []}]} | at '/teams/values/0/endpoints': minItems: got 0, want 1
					teams: {values: [{name: a, endpoint: risk}]} | additional properties 'endpoint' not allowed
					gateway: {endpoints: {a: {path: /a, max-size: 64}}} | at '/gateway/endpoints/a/max-size': got number, want string
					gateway: {access: {open: "yes"}} | at '/gateway/access/open': got string, want boolean
					gateway: {access: {teams: []}} | at '/gateway/access': additional properties 'teams' not allowed
					gateway: {access: {teams-file: /a}} | at '/gateway/access': additional properties 'teams-file' not allowed
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
					redis: {host: redis.example} | redis.enabled is false
					redis: {enabled: true, host: a, password: b, existingSecret: c} | redis.password and redis.existingSecret
					ingress: {enabled: true} | ingress.enabled needs host names in ingress.hosts
					ingress: {enabled: true, hosts: [a]} | networkPolicy.clientNamespaces needs the namespace
					httpRoute: {enabled: true} | httpRoute.enabled needs a Gateway in httpRoute.parentRefs
					strategy: {maxSurge: 0} | strategy.maxSurge and strategy.maxUnavailable cannot both be 0
					autoscaling: {minReplicas: 5} | autoscaling.minReplicas is greater than autoscaling.maxReplicas
					budget: {existingClaim: spend}; replicaCount: 2 | budget.existingClaim is for a single gateway: set
					budget: {existingClaim: a}; autoscaling: {enabled: true} | budget.existingClaim is for a single gateway
					cache: {existingClaim: a}; replicaCount: 2 | cache.existingClaim is for a single gateway, because each needs
					cache: {existingClaim: a}; autoscaling: {enabled: true} | or share responses with redis.enabled
					cache: {existingClaim: a}; redis: {enabled: true, host: a} | cache.existingClaim has no effect with redis.enabled
					history: {location: 's3://a', existingClaim: b} | history.location and history.existingClaim exclude each other
					history: {location: /var/lib/history} | history.location must be a bucket, such as s3://bucket/prefix
					gateway: {history: {retention: 30d}} | gateway.history has no effect while the history is off
					cache: {existingClaim: a, enabled: false} | cache.existingClaim has no effect while cache.enabled is false
					gateway: {cache: {directory-max-size: 1023KB}} | gateway.cache.directory-max-size is 1023KB and must be at least 1MB
					config: {gateway: {risk: {ttl: 5m}}} | config.gateway is not allowed
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
					config: {server: {ssl: {bundle: own}}} | set config.management.server.ssl.enabled to false
					config: {management: {server: {ssl: {bundle: own}}}} | set config.management.server.ssl.enabled to false
					image: {repository: 'registry:5000/team/gateway:1.0'} | and contains a tag or digest
					image: {repository: 'gateway@sha256:0'} | and contains a tag or digest: set image.tag or image.digest instead
					extraEnv: [{name: HYPERTRACKER_API_KEY, value: a}] | extraEnv contains HYPERTRACKER_API_KEY, but the key is read from a
					extraEnv: [{name: GATEWAY_UPSTREAM_APIKEYFILE, value: a}] | set apiKey.existingSecret to the Secret
					resources: {limits: {memory: 128Mi}} | resources.limits.memory is 128 MiB, less than the heap (30 %, 38 MiB)
					resources: {limits: {memory: 200M}} | and classes and compiled code (130 MiB) need together: 237 MiB
					gateway: {cache: {max-size: 73MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Duser.timezone=UTC}] | the image has 72 MB
					resources: {limits: {memory: 200M}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Duser.timezone=UTC}] | need together: 237 MiB
					resources: {limits: {memory: 200M}}; extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Duser.timezone=UTC}] | (25 %, 47 MiB)
					gateway: {cache: {max-size: 512MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: -XX:MaxDirectMemorySize=768m}] | together: 923 MiB
					gateway: {upstream: {max-size: 1000MB}} | which is 2051 MB with the third of the heap for everything else (51 MB), and the heap has 153 MB (30 % of resources.limits.memory): set it to 51MB or less
					gateway: {downloads: {max-size: 52MB}} | gateway.downloads.max-size is 52 MB: a body of that size takes 104 MB
					gateway: {endpoints: {a: {path: /a, max-size: 52MB}}} | gateway.endpoints.a.max-size is 52 MB: a body of that size takes 104 MB
					gateway: {endpoints: {a: {path: /a, max-size: 1GB}}} | gateway.endpoints.a.max-size is 1GB and must be at least 1KB and less
					gateway: {upstream: {max-size: 33MB}}; resources: {limits: {memory: 256Mi}} | set it to 32MB or less, or raise the limit
					gateway: {upstream: {max-size: 65MB}}; resources: {limits: {memory: 4Gi}} | Netty's buffers, through which a body arrives, have 64 MB
					gateway: {downloads: {max-size: 65MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Xmx2g}] | raise -Dio.netty.maxDirectMemory with
					gateway: {cache: {max-size: 512MB}} | gateway.cache.max-size is 512 MB, and 640 MB with finished responses, but the image has 72 MB
					gateway: {cache: {max-size: 1GB}} | gateway.cache.max-size is 1024 MB, and 1280 MB with finished responses, but the image has 72 MB
					gateway: {risk: {ttl: 366d}} | gateway.risk.ttl is 366d and must be 0s, or from 1s to 365d
					gateway: {heatmap: {stale-while-revalidate: 31536001s}} | is 31536001s and must be 0s, or from 1s to 365d
					gateway: {pacing: {max-ttl: 0s}} | gateway.pacing.max-ttl is 0s and must be from 1s to 365d
					gateway: {cache: {soft-deadline: 999us}} | gateway.cache.soft-deadline is 999us and must be at least 1ms
					gateway: {upstream: {connect-timeout: 11m}} | gateway.upstream.connect-timeout is 11m and must be from 1ms to 10m
					gateway: {downloads: {timeout: 0s}} | gateway.downloads.timeout is 0s and must be from 1ms to 10m
					gateway: {shared: {timeout: 10001ms}} | gateway.shared.timeout is 10001ms and must be from 1ms to 10s
					gateway: {upstream: {max-size: 1023B}} | gateway.upstream.max-size is 1023B and must be at least 1KB and less
					gateway: {downloads: {max-size: 1GB}} | gateway.downloads.max-size is 1GB and must be at least 1KB and less
					gateway: {cache: {max-size: 1023KB}} | gateway.cache.max-size is 1023KB and must be at least 1MB
					gateway: {risk: {segments: [16-1]}} | gateway.risk.segments has 16-1, a range that ends before it starts
					gateway: {upstream: {base-url: https://host/api/external}} | the gateway adds: write https://host
					gateway: {upstream: {base-url: https://host:8443/v1//API/External/x/}} | adds: write https://host:8443/v1
					gateway: {upstream: {base-url: https://host/api/}} | must end before /api/external, which the gateway adds
					gateway: {upstream: {base-url: 'https://:8443'}} | base-url must have a host and no user info
					gateway: {budget: {plan: custom}} | gateway.budget.plan is custom, which needs at least one of
					gateway: {access: {jwt: {audience: a}}} | gateway.access.jwt needs issuer-uri or jwk-set-uri
					teams: {values: [{name: a}]} | teams.values[0].token-sha256 is missing
					teams: {values: [{name: a, token-sha256: [$hash, $hash]}]} | teams.values[0].token-sha256 has several values: list the tokens in tokens
					teams: {values: [{name: a, token-sha256: $hash, tokens: [{sha256: $hash}]}]} | teams.values[0].token-sha256 is set beside tokens
					teams: {values: [{name: a, tokens: [{sha256: $hash, not-after: '2027-01-31'}]}]} | teams.values[0].tokens[0].not-after must be a time in ISO 8601 with its offset
					teams: {values: [{name: a, token-sha256: $hash}, {name: a}]} | teams.values has the team a twice
					teams: {values: [{name: a, token-sha256: $hash, subjects: b}]} | which need gateway.access.jwt: set it, or remove the subjects
					teams: {values: [{name: a, token-sha256: $hash, upstream-share: 1}, {name: b, token-sha256: $hash, upstream-share: 0.1}]} | add up to 1.1; they must
					gateway: {teams-jwt: {issuer-uri: 'https://a', audience: b}} | gateway.teams-jwt is not a property of the gateway; its name is now gateway.access.jwt
					gateway: {rate-limit-headers: true} | gateway.rate-limit-headers is not a property of the gateway; its name is now gateway.access.rate-limit-headers
					gateway: {access: {open: true}}; teams: {existingSecret: a} | gateway.access.open is true, which excludes teams and gateway.access.jwt
					gateway: {access: {open: true}}; teams: {values: [{name: a, token-sha256: $hash}]} | an open gateway checks no tokens
					gateway: {access: {open: true, jwt: {issuer-uri: 'https://a', audience: b}}} | gateway.access.open is true, which excludes
					kubernetesIssuer: {enabled: true} | kubernetesIssuer.enabled needs networkPolicy.apiServerPeers: the addresses that
					kubernetesIssuer: {enabled: true}; networkPolicy: {enabled: false}; gateway: {access: {jwt: {issuer-uri: 'https://a', audience: b}}} | exclude each other: the gateway accepts JWTs of one issuer
					kubernetesIssuer: {enabled: true}; networkPolicy: {enabled: false}; gateway: {access: {open: true}} | gateway.access.open is true, which excludes
					kubernetesIssuer: {enabled: false} | Nobody may call this gateway
					service: {type: LoadBalancer} | service.type LoadBalancer needs a rule in networkPolicy.extraIngress
					service: {type: NodePort} | service.type NodePort needs a rule in networkPolicy.extraIngress
					prometheusRule: {enabled: true} | prometheusRule.enabled needs prometheusRule.docsUrl
					prometheusRule: {enabled: true, docsUrl: https://a, disabled: [Misspelt]} | prometheusRule names the alert Misspelt, which does not exist
					""")
	void valuesThatMakeNoSenseTogetherAreRefusedInWords(String values, String message) {
		assertThatIllegalStateException()
			.isThrownBy(() -> Chart.render(values.replace("; ", "\n").replace("$hash", "0a".repeat(32))))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway: {upstream: {base-url: 'https://user:canary@host'}}",
			"gateway: {upstream: {base-url: 'https://host/api/external?key=canary'}}",
			"teams: {values: [{name: a, token-sha256: canary}]}",
			"teams: {values: [{name: a, token-sha256: ['canary']}]}",
			"teams: {values: [{name: a, tokens: [{sha256: canary}]}]}" })
	void valueThatMayBeASecretIsNotPrinted(String values) {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(values))
			.withMessageMatching("(?s).*(the key belongs in apiKey alone|the SHA-256 of the token, not the token).*")
			.satisfies((refused) -> assertThat(refused.getMessage()).doesNotContain("canary"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "risk: {ttl: 0s}", "risk: {ttl: 0ms}", "risk: {ttl: 1s}", "risk: {ttl: 1000ms}",
			"risk: {ttl: 365d}", "heatmap: {stale-if-error: 8760h}", "fills: {ttl: 1000000us}",
			"risk: {ttl: 31536000s}", "risk: {segments: [1-99, 7, '16']}", "upstream: {base-url: HTTPS://host/api/v1}",
			"upstream: {base-url: 'https://[::1]:8443/apis/'}", "upstream: {max-size: 1KB}",
			"upstream: {connect-timeout: 10m}", "cors: {allowed-origins: ['*', 'https://a.example:8443']}",
			"downloads: {allowed-hosts: [aws:s3, '*.example.com', '[::1]', 10.0.0.1]}",
			"access: {trusted-proxies: [10.0.0.0/8, 192.0.2.7, '2001:db8::/32']}",
			"budget: {plan: custom, per-day: 5}" })
	void boundThatTheGatewayTakesIsTaken(String gateway) {
		assertThatNoException().isThrownBy(() -> Chart.render("gateway: {" + gateway + "}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "image: {repository: 'registry:5000/team/gateway'}",
			"resources: {limits: {memory: 0.5Gi}}", "resources: {limits: {memory: 1e9}}", "resources: {limits: null}",
			"resources: {}", "resources: null", "teams: {existingSecret: teams}; gateway: null",
			"gateway: {access: {open: true}}", "gateway: {upstream: {max-size: 51MB}, downloads: {max-size: 51MB}}",
			"gateway: {upstream: {max-size: 32MB}}; resources: {limits: {memory: 256Mi}}",
			"gateway: {upstream: {max-size: 500MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: -Xmx2g -Dio.netty.maxDirectMemory=1g}]",
			"gateway: {upstream: {max-size: 64MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, value: '-XX:MaxRAMPercentage=60'}]",
			"gateway: {upstream: {max-size: 500MB}}; extraEnv: [{name: JDK_JAVA_OPTIONS, valueFrom: {}}]",
			"gateway: {cache: {max-size: 90MB}}; extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xmx256m}]",
			"gateway: {cache: {max-size: 57MB}}; resources: {limits: {memory: 512Mi}}",
			"gateway: {cache: {max-size: 512MB}}; resources: {limits: {memory: 1152Mi}}; "
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

	@ParameterizedTest
	@ValueSource(strings = { "gateway: {access: {open: false}}", "teams: {values: []}", "teams: {existingSecret: ''}",
			"teams: {}\ngateway: null", "teams: {}\ngateway: {access: {}}",
			"teams: {}\ngateway: {access: {rate-limit-headers: true, trusted-proxies: [10.0.0.0/8]}}" })
	void valuesThatAdmitNobodyAreRefusedWithThreeWaysOut(String values) {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(values))
			.withMessageContaining(
					"Nobody may call this gateway: neither teams nor JWTs are configured, and it is not open.")
			.withMessageContaining("set teams.existingSecret or teams.values")
			.withMessageContaining("set gateway.access.jwt.issuer-uri and gateway.access.jwt.audience")
			.withMessageContaining("set gateway.access.open to true");
	}

	@Test
	void exampleOfProductionCannotBeOpen() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Chart.render(Scenario.example("production", "gateway: {access: {open: true}}")))
			.withMessageContaining("gateway.access.open is true, which excludes teams and gateway.access.jwt");
		assertThat(Rendering
			.fields(Rendering.at(Chart.render(Scenario.example("production", "")).configuration(), "gateway.access")))
			.containsOnlyKeys("rate-limit-headers", "teams-file");
	}

	@Test
	void exampleOfALaptopIsOpen() {
		assertThat(Rendering.at(
				Chart.render(Scenario.example("laptop", "apiKey: {value: canary-key-7f1e}")).configuration(),
				"gateway.access"))
			.isEqualTo(Map.of("open", true));
	}

	@Test
	void keyIsNeeded() {
		assertThatIllegalStateException().isThrownBy(() -> Chart.render(new Scenario(List.of(), "")))
			.withMessageContaining("apiKey.existingSecret (or apiKey.value) is required");
	}

	@Test
	void notesBeginWithThreeCommandsAndTellWhoMayCall() {
		String notes = Chart.notes(Scenario.of("autoscaling: {enabled: true}"));

		assertThat(notes.substring(notes.indexOf("NOTES:"))).containsSubsequence("rollout status", "helm ", " test gw",
				"/actuator/gateway", "1/8 of the plan", "everybody who reaches the gateway may call");
		assertThat(Chart.notes(Scenario.of("teams: {existingSecret: teams}"))).doesNotContain("everybody");
	}

}
