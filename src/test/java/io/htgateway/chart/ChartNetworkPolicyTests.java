package io.htgateway.chart;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may reach the gateway, and whom it may reach.
 */
class ChartNetworkPolicyTests {

	private static final Map<String, Object> HTTP = Map.of("port", "http");

	private static final Map<String, Object> MANAGEMENT = Map.of("port", "management");

	@Test
	void clientsReachTheTrafficPortAndMonitoringTheManagementPort() {
		Map<String, Object> policy = Chart.render("networkPolicy: {clientNamespaces: [research]}")
			.only("NetworkPolicy");

		assertThat(Rendering.list(policy, "spec.ingress")).isEqualTo(List.of(
				Map.of("from", List.of(Map.of("podSelector", Map.of()), namespace("research")), "ports", List.of(HTTP)),
				Map.of("from", List.of(namespace("monitoring")), "ports", List.of(MANAGEMENT))));
		assertThat(Rendering.at(policy, "spec.policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
	}

	@Test
	void gatewayReachesNamesHttpsAndRedisOnly() {
		Map<String, Object> alone = Chart.render("").only("NetworkPolicy");
		Map<String, Object> shared = Chart.render("redis: {enabled: true, host: redis.example, port: 7000}")
			.only("NetworkPolicy");

		assertThat(ports(alone)).containsExactly(53, 53, 443);
		assertThat(ports(shared)).containsExactly(53, 53, 443, 7000);
	}

	@Test
	void namesAreAskedForAtThePortsOfTheirPods() {
		Map<String, Object> policy = Chart.render("networkPolicy: {dnsPorts: [53, 5353]}").only("NetworkPolicy");

		assertThat(Rendering.list(policy, "spec.egress.0.ports"))
			.isEqualTo(List.of(Map.of("port", 53, "protocol", "UDP"), Map.of("port", 53, "protocol", "TCP"),
					Map.of("port", 5353, "protocol", "UDP"), Map.of("port", 5353, "protocol", "TCP")));
	}

	@ParameterizedTest
	@CsvSource({ "http://collector.monitoring:4318/v1/traces, 4318", "http://collector/v1/traces, 80",
			"https://collector.example/v1/traces, 443" })
	void gatewayReachesTheCollectorOfTraces(String endpoint, int port) {
		Map<String, Object> policy = Chart.render("tracing: {endpoint: '" + endpoint + "'}").only("NetworkPolicy");

		assertThat(Rendering.list(policy, "spec.egress")).hasSize(3)
			.last()
			.isEqualTo(Map.of("to", List.of(Map.of("namespaceSelector", Map.of())), "ports",
					List.of(Map.of("port", port))));
	}

	@Test
	void gatewayReachesTheApiServerOnlyForItsKeys() {
		Map<String, Object> policy = Chart.render(Scenario.KUBERNETES_ISSUER + "}").only("NetworkPolicy");

		assertThat(Rendering.list(policy, "spec.egress")).hasSize(3)
			.last()
			.isEqualTo(Map.of("to", List.of(Map.of("ipBlock", Map.of("cidr", "192.0.2.10/32"))), "ports",
					List.of(Map.of("port", 443), Map.of("port", 6443))));
		assertThat(ports(Chart.render("networkPolicy: {apiServerPeers: [{ipBlock: {cidr: 192.0.2.10/32}}]}")
			.only("NetworkPolicy"))).containsExactly(53, 53, 443);
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "fd00:ec2::254",
			"fe80::a9fe:a9fe", "10.0.0.1", "172.20.0.1", "192.168.1.1", "127.0.0.1" })
	void metadataAndPrivateAddressesAreOutOfReach(String address) {
		assertThat(reachable(address)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "52.216.1.1", "104.18.2.3", "2600:1f18::1" })
	void publicAddressesAreInReach(String address) {
		assertThat(reachable(address)).isTrue();
	}

	private static boolean reachable(String address) {
		return Rendering.list(Chart.render("").only("NetworkPolicy"), "spec.egress.1.to")
			.stream()
			.map((peer) -> Rendering.at(peer, "ipBlock"))
			.anyMatch((block) -> in(Rendering.text(block, "cidr"), address)
					&& Rendering.list(block, "except").stream().noneMatch((part) -> in((String) part, address)));
	}

	private static boolean in(String block, String address) {
		return new IpSubnetFilterRule(block, IpFilterRuleType.ACCEPT)
			.matches(new InetSocketAddress(InetAddress.ofLiteral(address), 443));
	}

	private static List<Object> ports(Map<String, Object> policy) {
		return Rendering.list(policy, "spec.egress")
			.stream()
			.flatMap((rule) -> Rendering.list(rule, "ports").stream())
			.map((port) -> Rendering.at(port, "port"))
			.toList();
	}

	private static Map<String, Object> namespace(String name) {
		return Map.of("namespaceSelector", Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", name)));
	}

}
