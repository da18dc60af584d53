package io.htgateway.chart;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where the chart stores the history.
 */
class ChartHistoryTests {

	private static final String FOLDER = "/var/lib/hypertracker-gateway-history";

	@Test
	void historyIsOffByDefault() {
		Rendering rendering = Chart.render("");

		assertThat(rendering.configurationText()).doesNotContain("history");
		assertThat(rendering.pod()).doesNotContainEntry("terminationGracePeriodSeconds", 110);
		assertThat(rendering.pod().toString()).doesNotContain("history");
	}

	@Test
	void snapshotsAreInTheBucketWithTheSettingsOfTheHistory() {
		Rendering rendering = Chart
			.render("history: {location: 's3://archive/gateway'}\ngateway: {history: {watch: [heatmap/BTC]}}");

		assertThat(Rendering.at(rendering.configuration(), "gateway.history"))
			.isEqualTo(Map.of("enabled", true, "location", "s3://archive/gateway", "watch", List.of("heatmap/BTC")));
		assertThat(rendering.pod().toString()).doesNotContain("name=history");
	}

	@Test
	void snapshotsAreOnTheClaimThatReplicasShare() {
		Rendering rendering = Chart.render("history: {existingClaim: archive}\nreplicaCount: 3");

		assertThat(Rendering.text(rendering.configuration(), "gateway.history.location")).isEqualTo(FOLDER);
		assertThat(Rendering.list(rendering.pod(), "volumes")).map(Object::toString)
			.contains("{name=history, persistentVolumeClaim={claimName=archive}}");
		assertThat(Rendering.list(rendering.pod(), "containers.0.volumeMounts")).map(Object::toString)
			.contains("{name=history, mountPath=" + FOLDER + "}");
	}

	@Test
	void stopLeavesTimeForTheLastSnapshots() {
		String shutdown = "shutdown: {delaySeconds: 7, closeSeconds: 4, drainSeconds: 33}";

		assertThat(Chart.render("history: {existingClaim: archive}\n" + shutdown).pod())
			.containsEntry("terminationGracePeriodSeconds", 74);
	}

}
