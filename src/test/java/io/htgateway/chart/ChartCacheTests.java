package io.htgateway.chart;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the chart puts stored responses.
 */
class ChartCacheTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"" | {name=cache, emptyDir={sizeLimit=576Mi}}
			replicaCount: 3 | {name=cache, emptyDir={sizeLimit=576Mi}}
			gateway: {cache: {directory-max-size: 1GB}} | {name=cache, emptyDir={sizeLimit=2112Mi}}
			cache: {existingClaim: responses} | {name=cache, persistentVolumeClaim={claimName=responses}}
			""")
	void responsesAreOnAVolumeOfTheirOwn(String values, String volume) {
		Rendering rendering = Chart.render(values);

		assertThat(volumes(rendering)).map(Object::toString).contains(volume);
		assertThat(Rendering.list(rendering.pod(), "containers.0.volumeMounts")).map(Object::toString)
			.contains("{name=cache, mountPath=/var/cache/hypertracker-gateway}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cache: {enabled: false}", "redis: {enabled: true, host: redis.example}" })
	void withoutADirectoryThereIsNoVolume(String values) {
		Rendering rendering = Chart.render(values);

		assertThat(rendering.configurationText()).doesNotContain("directory");
		assertThat(rendering.pod().toString()).doesNotContain("name=cache");
	}

	@Test
	void settingsOfTheCacheStayBesideTheDirectory() {
		Map<String, Object> configuration = Chart.render("gateway: {cache: {max-loads: 7}}").configuration();

		assertThat(Rendering.at(configuration, "gateway.cache"))
			.isEqualTo(Map.of("max-loads", 7, "directory", "/var/cache/hypertracker-gateway"));
	}

	private static List<?> volumes(Rendering rendering) {
		return Rendering.list(rendering.pod(), "volumes");
	}

}
