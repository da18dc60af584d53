package io.htgateway.upstream;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.htgateway.budget.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link UpstreamRequest}.
 */
class UpstreamRequestTests {

	@Test
	void ofPathHasNoVariables() {
		assertThat(UpstreamRequest.of("/fills"))
			.isEqualTo(new UpstreamRequest("/fills", Map.of(), Priority.INTERACTIVE));
	}

	@Test
	void withAddsParametersInOrder() {
		UpstreamRequest request = UpstreamRequest.of("/{segmentId}/risk", "segmentId", "5")
			.with("offset", 500)
			.with("limit", 20);

		assertThat(request.template()).isEqualTo("/{segmentId}/risk?offset={offset}&limit={limit}");
		assertThat(request.variables()).containsExactly(Map.entry("segmentId", "5"), Map.entry("offset", "500"),
				Map.entry("limit", "20"));
		assertThat(expand(request)).hasToString("https://host/base/5/risk?offset=500&limit=20");
	}

	@Test
	void withDoesNotChangeTheOriginalRequest() {
		UpstreamRequest request = UpstreamRequest.of("/fills");

		assertThat(request.with("limit", 1)).isNotEqualTo(request);
		assertThat(request).isEqualTo(UpstreamRequest.of("/fills"));
	}

	@Test
	void variablesAreCopiedAndUnmodifiable() {
		Map<String, String> variables = new LinkedHashMap<>(Map.of("a", "1"));
		UpstreamRequest request = new UpstreamRequest("/{a}", variables, Priority.INTERACTIVE);

		variables.put("a", "2");

		assertThat(request.variables()).containsExactly(Map.entry("a", "1"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.variables().put("b", "3"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "plain", "a&limit=1000", "a=b", "a#b", "a?b", "a/b", "../x", "a b", "a+b", "%26", "a;b",
			"{limit}", "xyz:MSTR", "caf\u00e9", "a\r\nb", "[]" })
	void valuesWhenSentAffectOnlyTheirParameter(String value) {
		URI uri = expand(UpstreamRequest.of("/{coin}", "coin", value).with("cursor", value).with("limit", 1));

		assertThat(uri.getRawPath()).doesNotContain(";").startsWith("/base/").matches("/base/[^/]*");
		assertThat(UriUtils.decode(uri.getRawPath(), UTF_8)).isEqualTo("/base/" + value);
		assertThat(uri.getRawFragment()).isNull();
		Map<String, String> query = UriComponentsBuilder.fromUri(uri).build().getQueryParams().toSingleValueMap();
		assertThat(query).containsOnlyKeys("cursor", "limit").containsEntry("limit", "1");
		assertThat(UriUtils.decode(query.getOrDefault("cursor", ""), UTF_8)).isEqualTo(value);
	}

	private static URI expand(UpstreamRequest request) {
		return new DefaultUriBuilderFactory("https://host/base").expand(request.template(), request.variables());
	}

}
