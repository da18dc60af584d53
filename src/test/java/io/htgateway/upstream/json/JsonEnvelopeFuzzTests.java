package io.htgateway.upstream.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.htgateway.testing.Draw;
import io.htgateway.testing.RandomJson;
import io.htgateway.upstream.response.UpstreamException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link JsonEnvelope} against the result of a JSON parser for
 * the same text.
 */
@Tag("fuzz")
class JsonEnvelopeFuzzTests {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private static final JsonMapper NO_REPEATED_FIELDS = JSON.rebuild()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	/**
	 * A body and the texts of the items in it.
	 */
	record Body(List<String> items, String text) {
	}

	@Property
	void ofFindsThePositionsOfItems(@ForAll("bodies") Body body) {
		byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);

		assertThat(items(bytes, JsonEnvelope.of(bytes))).isEqualTo(body.items());
		assertItemsAreAsParsed(body.items(), JSON.readTree(body.text()));
	}

	@Property
	void ofAcceptsWhatAParserAccepts(@ForAll("changed") String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		JsonEnvelope envelope = read(bytes);

		if (envelope != null) {
			JsonNode parsed = JSON.readTree(text);

			assertThat(parsed.isObject()).as(text).isTrue();
			if (envelope.arrays().containsKey("items")) {
				assertItemsAreAsParsed(items(bytes, envelope), parsed);
			}
		}
		else {
			assertThat(isObject(bytes)).isFalse();
		}
	}

	@Provide
	Arbitrary<Body> bodies() {
		return Arbitraries.randomValue((random) -> body(new Draw(random)));
	}

	@Provide
	Arbitrary<String> changed() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			StringBuilder text = new StringBuilder(body(draw).text());
			for (int changes = 1 + draw.below(2); changes > 0; changes--) {
				int at = draw.below(text.length());
				text.replace(at, at + draw.below(2),
						draw.of("", draw.text("[]{},:\"\\ e0.-+nt", 1, 2), draw.character()));
			}
			return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		});
	}

	private static Body body(Draw draw) {
		RandomJson json = new RandomJson(draw);
		List<String> items = draw.some(4, () -> json.value(2));
		List<String> fields = new ArrayList<>();
		int before = draw.below(3);
		for (int field = before + draw.below(3); field > 0; field--) {
			fields.add("\"f" + field + "\"" + json.blank() + ":" + json.blank() + json.value(1));
		}
		fields.add(Math.min(before, fields.size()), "\"items\"" + json.blank() + ":" + json.blank() + "[" + json.blank()
				+ String.join(json.blank() + "," + json.blank(), items) + json.blank() + "]");
		return new Body(items, "{" + json.blank() + String.join(json.blank() + "," + json.blank(), fields)
				+ json.blank() + "}" + json.blank());
	}

	private static void assertItemsAreAsParsed(List<String> items, JsonNode body) {
		List<JsonNode> parsed = items.stream().<JsonNode>map(JSON::readTree).toList();

		assertThat(parsed).isEqualTo(body.get("items").valueStream().toList());
	}

	private static List<String> items(byte[] bytes, JsonEnvelope envelope) {
		return envelope.array("items")
			.ranges()
			.stream()
			.map((range) -> new String(Arrays.copyOfRange(bytes, range.start(), range.end()), StandardCharsets.UTF_8))
			.toList();
	}

	private static @Nullable JsonEnvelope read(byte[] bytes) {
		try {
			return JsonEnvelope.of(bytes);
		}
		catch (UpstreamException.Malformed refused) {
			return null;
		}
	}

	private static boolean isObject(byte[] bytes) {
		try {
			return NO_REPEATED_FIELDS.readTree(bytes).isObject();
		}
		catch (JacksonException notJson) {
			return false;
		}
	}

}
