package io.htgateway.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.htgateway.testing.Draw;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/**
 * Raw queries for the property-based tests of the features.
 */
public final class RawQueries {

	private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@/?";

	private static final HexFormat UPPER = HexFormat.of().withUpperCase();

	private static final HexFormat LOWER = HexFormat.of();

	private RawQueries() {
	}

	public static ServerHttpRequest request(String query) {
		return MockServerHttpRequest.method(HttpMethod.GET, URI.create("/?" + query)).build();
	}

	/**
	 * Returns any query. The given names and values are more frequent in it than by
	 * chance.
	 */
	public static String any(Draw draw, List<String> names, Supplier<String> values) {
		return draw.join(4, () -> parameter(draw, names, values) + draw.of("&", "&", "&", "&&", ";", ""));
	}

	private static String parameter(Draw draw, List<String> names, Supplier<String> values) {
		String name = draw.chance(85) ? draw.of(names)
				: draw.of(draw.of(names).toUpperCase(Locale.ROOT), draw.character(), "", "x");
		String value = draw.chance(80) ? values.get() : draw.join(5, draw::character);
		return spell(draw, name) + draw.of("=", "=", "=", "=", "==", "") + spell(draw, value)
				+ (draw.chance(5) ? draw.of("%FF", "%00", "%C3%28", "\u00e9", "\uff15", "+", "%2B") : "");
	}

	/**
	 * Returns a query of the given parameters in any order and coding, some of them
	 * repeated.
	 */
	public static String of(Draw draw, Map<String, String> parameters) {
		List<String> spelled = new ArrayList<>();
		parameters.forEach((name, value) -> {
			for (int times = draw.of(1, 1, 1, 2); times > 0; times--) {
				spelled.add(spell(draw, name) + "=" + spell(draw, value));
			}
		});
		Collections.shuffle(spelled, draw.random());
		return String.join("&", spelled);
	}

	private static String spell(Draw draw, String text) {
		StringBuilder spelled = new StringBuilder();
		int encoded = draw.of(0, 10, 100);
		text.codePoints().forEach((character) -> {
			if (character == ' ' && draw.chance(50)) {
				spelled.append('+');
			}
			else if (PLAIN.indexOf(character) >= 0 && !draw.chance(encoded)) {
				spelled.appendCodePoint(character);
			}
			else {
				encode(draw, character, spelled);
			}
		});
		return spelled.toString();
	}

	private static void encode(Draw draw, int character, StringBuilder spelled) {
		HexFormat format = draw.chance(50) ? UPPER : LOWER;
		for (byte part : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
			format.toHexDigits(spelled.append('%'), part);
		}
	}

}
