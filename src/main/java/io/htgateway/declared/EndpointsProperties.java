package io.htgateway.declared;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.htgateway.http.BodySize;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.unit.DataSize;

/**
 * The declared endpoints.
 *
 * @param endpoints endpoints by their name in metrics, logs and purges
 */
@ConfigurationProperties(prefix = "gateway")
record EndpointsProperties(@DefaultValue Map<String, DeclaredProperties> endpoints) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

	private static final Set<String> RESERVED = Set.of("fills", "risk", "heatmap", "other", "none");

	EndpointsProperties {
		endpoints = new TreeMap<>(endpoints);
		Map<String, String> namesByShape = new HashMap<>();
		namesByShape.put("/fills/liquidation", "fills");
		namesByShape.put("/{}/assets/liquidation-risk", "risk");
		namesByShape.put("/exports/coins/{}/liquidation-heatmap", "heatmap");
		endpoints.forEach((name, endpoint) -> check(name, endpoint, namesByShape));
	}

	private static void check(String name, DeclaredProperties endpoint, Map<String, String> namesByShape) {
		String property = "gateway.endpoints." + name;
		if (!NAME.matcher(name).matches() || name.length() > 40 || RESERVED.contains(name)) {
			throw new IllegalArgumentException(property + " must have a name of at most 40 lower-case letters and"
					+ " digits, with - between words, such as bias-history, and none of the reserved names "
					+ String.join(", ", RESERVED.stream().sorted().toList()));
		}
		if (endpoint.path() == null) {
			throw new IllegalArgumentException(
					property + ".path is missing: set the path below /api/external, such as /segments");
		}
		check(property + ".media-type", () -> MimeTypeUtils.parseMimeType(endpoint.type()));
		DataSize size = endpoint.maxSize();
		if (size != null) {
			BodySize.ofThisJvm().check(property + ".max-size", size);
		}
		check(property + ".parameters", () -> endpoint.parameters().forEach(DeclaredParameter::check));
		check(property + ".path", () -> {
			String other = namesByShape.put(endpoint.template().shape(), name);
			if (other != null) {
				throw new IllegalArgumentException(
						"must differ from the path of the endpoint " + other + ": both match the same requests");
			}
		});
		check(property + ".coin-parameter", () -> DeclaredScope.check(endpoint, endpoint.coinParameter()));
		check(property + ".segment-parameter", () -> DeclaredScope.check(endpoint, endpoint.segmentParameter()));
	}

	private static void check(String property, Runnable check) {
		try {
			check.run();
		}
		catch (InvalidMimeTypeException invalid) {
			throw new IllegalArgumentException(property + " must be a media type, such as text/csv", invalid);
		}
		catch (IllegalArgumentException invalid) {
			throw new IllegalArgumentException(property + " " + invalid.getMessage(), invalid);
		}
	}

}
