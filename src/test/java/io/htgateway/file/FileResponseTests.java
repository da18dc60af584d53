package io.htgateway.file;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.htgateway.download.response.PresignedUrl;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FileResponse}.
 */
class FileResponseTests {

	private static final String LINK = "https://bucket.s3.amazonaws.com/BTC?X-Amz-Signature=canary&a=b";

	@Test
	void readWhenUpstreamRedirectsIsLink() {
		assertLink(answer(new UpstreamResponse.Redirect(302, URI.create(LINK))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"url\":\"%s\"}", "{\"downloadUrl\":\"%s\"}",
			"{\n \"expiresIn\": 30, \"url\": \"%s\", \"coin\": \"BTC\" }", "{\"url\":\"%s\",\"downloadUrl\":\"other\"}",
			"{\"url\":null,\"downloadUrl\":\"%s\"}", "{\"heatmap\":\"soon\",\"url\":\"%s\"}" })
	void readWhenBodyHasLinkIsLink(String body) {
		assertLink(answer(content(body.formatted(LINK))));
		assertLink(answer(content(body.formatted(LINK.replace("/", "\\/").replace("&", "\\u0026")))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"coin\":\"BTC\",\"heatmap\":[{\"priceBinIndex\":0}]}", "{\"heatmap\":[]}",
			"{\"url\":\"https://canary/\",\"heatmap\":[]}", "{ \"heatmap\" : [ 1e-8 ] }\n" })
	void readWhenBodyHasHeatmapIsTheExactBytes(String body) {
		UpstreamResponse.Content content = content(body);

		assertThat(answer(content)).isInstanceOfSatisfying(FileResponse.Content.class,
				(export) -> assertThat(export.body()).isSameAs(content.body()).asString(UTF_8).isEqualTo(body));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"heatmap\":{}}", "{\"heatmap\":null}", "{\"link\":\"https://canary/\"}",
			"{\"url\":{\"url\":\"https://canary/\"}}", "{\"data\":{\"url\":\"https://canary/\"}}",
			"{\"url\":[\"https://canary/\"]}", "[{\"heatmap\":[]}]", "\"https://canary/\"", "https://canary/", "",
			"{\"heatmap\":[", "{\"url\":\"https://canary/\",\"url\":\"https://canary/\"}" })
	void readWhenBodyHasNeitherIsRefusedWithoutShowingIt(String body) {
		UpstreamResponse.Content content = content(body);

		assertThatExceptionOfType(UpstreamException.Malformed.class).isThrownBy(() -> answer(content))
			.satisfies((failure) -> assertThat(failure).hasMessageNotContaining("canary").hasNoCause());
	}

	@Test
	void readWhenLinkIsNotUriIsRefusedWithoutShowingIt() {
		UpstreamResponse.Content content = content("{\"url\":\"https://host/a\\ncanary\"}");

		assertThatExceptionOfType(UpstreamException.Malformed.class).isThrownBy(() -> answer(content))
			.satisfies((failure) -> assertThat(failure).hasMessageNotContaining("canary").hasNoCause());
	}

	// Checks the masked form: only the downloader reads the link itself.
	private static void assertLink(FileResponse answer) {
		assertThat(answer).isInstanceOfSatisfying(FileResponse.Link.class,
				(link) -> assertThat(link.url()).usingRecursiveComparison().isEqualTo(PresignedUrl.parse(LINK)));
		assertThat(answer.toString()).doesNotContain("canary", "amazonaws");
	}

	private static UpstreamResponse.Content content(String body) {
		return new UpstreamResponse.Content("application/json", body.getBytes(UTF_8), Duration.ZERO);
	}

	private static FileResponse answer(UpstreamResponse response) {
		return Objects.requireNonNull(FileResponse.read(response, FileFormat.json("heatmap"), Mono::just).block());
	}

}
