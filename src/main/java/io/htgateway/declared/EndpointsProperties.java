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
 * The endpoints that configuration declares.
 *
 * @param endpoints each endpoint by its name in metrics, logs and purges
 */
@ConfigurationProperties(prefix = "gateway")
record EndpointsProperties(@DefaultValue Map<String, DeclaredProperties> endpoints) {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

	private static final Set<String> BUILT_IN = Set.of("fills", "risk", "heatmap", "other", "none");

	EndpointsProperties {
		endpoints = new TreeMap<>(endpoints);
		Map<String, String> forms = new HashMap<>();
		forms.put("/fills/liquidation", "fills");
		forms.put("/{}/assets/liquidation-risk", "risk");
		forms.put("/exports/coins/{}/liquidation-heatmap", "heatmap");
		endpoints.forEach((name, endpoint) -> check(name, endpoint, forms));
	}

	private static void check(String name, DeclaredProperties endpoint, Map<String, String> forms) {
		String property = "gateway.endpoints." + name;
		if (!NAME.matcher(name).matches() || name.length() > 40 || BUILT_IN.contains(name)) {
			throw new IllegalArgumentException(property + " must have a name of its own: words of small letters and"
					+ " digits with - between them, and none of "
					+ String.join(", ", BUILT_IN.stream().sorted().toList()));
		}
		if (endpoint.path() == null) {
			throw new IllegalArgumentException(property + ".path is missing, such as /segments");
		}
		check(property + ".media-type", () -> MimeTypeUtils.parseMimeType(endpoint.type()));
		DataSize size = endpoint.maxSize();
		if (size != null) {
			BodySize.ofThisJvm().check(property + ".max-size", size);
		}
		check(property + ".parameters", () -> endpoint.parameters().forEach(DeclaredParameter::check));
		check(property + ".path", () -> {
			String form = endpoint.template().form();
			String other = forms.put(form, name);
			if (other != null) {
				throw new IllegalArgumentException(
						"must differ from that of the endpoint " + other + ": no request tells them apart");
			}
		});
	}

	private static void check(String property, Runnable check) {
		try {
			check.run();
		}
		catch (InvalidMimeTypeException wrong) {
			throw new IllegalArgumentException(property + " must be a media type, such as text/csv", wrong);
		}
		catch (IllegalArgumentException wrong) {
			throw new IllegalArgumentException(property + " " + wrong.getMessage(), wrong);
		}
	}

}
