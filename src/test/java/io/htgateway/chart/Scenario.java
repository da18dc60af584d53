package io.htgateway.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Values that somebody may install the chart with.
 *
 * @param examples files of the chart that come first
 * @param values YAML that comes after them
 */
record Scenario(List<Path> examples, String values) {

	/**
	 * Of the token of a team.
	 */
	static final String HASH = "9d".repeat(32);

	private static final String KEY = "apiKey: {value: canary-key-7f1e}\n";

	private static final List<Path> OPEN = List.of(Path.of("src/test/resources/chart/open.yaml"));

	private static final Pattern ACCESS = Pattern.compile("\\b(teams|jwt|open):");

	/**
	 * The chart's own values, beside a key and the given ones. The gateway is open unless
	 * these say who may call.
	 */
	static Scenario of(String values) {
		return new Scenario(ACCESS.matcher(values).find() ? List.of() : OPEN, KEY + values);
	}

	/**
	 * One of the chart's examples.
	 */
	static Scenario example(String name, String values) {
		return new Scenario(List.of(Chart.DIRECTORY.resolve("examples/" + name + ".yaml")), values);
	}

	/**
	 * The examples, and each toggle by itself.
	 */
	static Stream<Scenario> all() {
		return Stream.concat(Stream.of(example("laptop", KEY), example("production", "")), Stream.of("",
				"fullnameOverride: htgw", "nameOverride: htgw", "replicaCount: 3", "autoscaling: {enabled: true}",
				"replicaCount: 3\npodDisruptionBudget: {enabled: false}", "networkPolicy: {enabled: false}",
				"networkPolicy: {clientNamespaces: [a, b], extraIngress: [{from: [{podSelector: {}}]}],"
						+ " extraEgress: [{ports: [{port: 3128}]}], monitoringNamespace: ''}",
				"""
						ingress:
						  {enabled: true, className: nginx, hosts: [a.example, b.example], annotations: {a: b},
						   tls: [{hosts: [a.example], secretName: tls}]}
						networkPolicy: {clientNamespaces: [nginx]}
						""", """
						httpRoute: {enabled: true, parentRefs: [{name: gateway}], annotations: {a: b}}
						networkPolicy: {enabled: false}
						""", "serviceMonitor: {enabled: true, labels: {release: prometheus}}",
				"prometheusRule: {enabled: true, docsUrl: 'https://docs.example', disabled: [HypertrackerGatewayErrors], labels: {a: b},"
						+ " alertLabels: {team: platform}, for: {HypertrackerGatewayServesStale: 2h}}",
				"dashboard: {enabled: true, annotations: {folder: Gateways}}",
				"serviceAccount: {create: false, name: other}", "serviceAccount: {name: other, annotations: {a: b}}",
				"redis: {enabled: true, host: redis.example, password: canary-password-3c, username: gateway, tls: true}",
				"redis: {enabled: true, properties: {cluster: {nodes: ['a.example:6379', 'b.example:6379']}}}",
				"redis: {enabled: true, host: redis.example, existingSecret: redis, key: pass}",
				"teams: {values: [{name: research, token-sha256: " + HASH + ", requests-per-minute: 600}]}",
				"teams: {values: [{name: desk, coins: [BTC, 'xyz:MSTR'], segments: [5, 1-3], tokens: [{sha256: " + HASH
						+ ", not-after: 2027-01-31T00:00:00Z}]}]}",
				"teams: {existingSecret: teams}",
				"gateway: {access: {jwt: {issuer-uri: 'https://issuer.example', audience: htgw}}}",
				"budget: {existingClaim: spend}", "cache: {existingClaim: responses}", "cache: {enabled: false}",
				"history: {location: 's3://archive/gateway'}\ngateway: {history: {retention: 30d}}",
				"history: {existingClaim: archive}",
				"gateway: {budget: {plan: custom, per-month: 2000000, per-minute: 1000000000}, risk: {ttl: 10m}}",
				"config: {logging: {level: {root: debug}}, spring: {http: {clients: {ssl: {bundle: corporate}}}}}",
				"extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xmx256m}]", "shutdown: {delaySeconds: 0}",
				"image: {digest: 'sha256:" + "0123456789abcdef".repeat(4) + "'}\nimagePullSecrets: [{name: registry}]",
				"""
						topologySpread: {enabled: false}
						nodeSelector: {a: b}
						tolerations: [{operator: Exists}]
						affinity: {nodeAffinity: {}}
						priorityClassName: high
						podLabels: {a: b}
						podAnnotations: {a: b}
						""",
				"""
						service: {type: LoadBalancer, port: 8080, annotations: {a: b}}
						networkPolicy: {extraIngress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: http}]}]}
						""",
				"service: {type: NodePort}\nnetworkPolicy: {enabled: false}",
				"config: {server: {ssl: {bundle: own}}, management: {server: {ssl: {enabled: false}}}}",
				"teams: {existingSecret: teams}\ntest: {existingSecret: token}")
			.map(Scenario::of));
	}

	@Override
	public String toString() {
		return examples.stream().map((file) -> file.getFileName() + " ").reduce("", String::concat)
				+ values.replace(KEY, "").replace('\n', ' ');
	}

}
