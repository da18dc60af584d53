package io.htgateway.ops.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.web.util.UriUtils;

/**
 * Received values as they are logged: percent-encoded, so that they cannot add lines or
 * fields, and cut to 256 characters.
 */
public final class ReceivedValues {

	/**
	 * Logged instead of an absent value.
	 */
	public static final String ABSENT = "-";

	private static final int MAX_LENGTH = 256;

	private ReceivedValues() {
	}

	/**
	 * Returns the given parameters as one word.
	 */
	public static String text(Map<String, List<String>> parameters) {
		String all = parameters.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.flatMap((parameter) -> parameter.getValue()
				.stream()
				.map((value) -> encode(parameter.getKey()) + "=" + encode(Objects.requireNonNullElse(value, ""))))
			.collect(Collectors.joining("&"));
		return all.isEmpty() ? ABSENT : (all.length() <= MAX_LENGTH) ? all : all.substring(0, MAX_LENGTH) + "...";
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
