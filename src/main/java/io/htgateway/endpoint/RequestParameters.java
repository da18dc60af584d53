package io.htgateway.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.htgateway.access.request.RequestTarget;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * The parameters of a request while they are checked: every wrong one is noted, and all
 * of them are refused together.
 */
public final class RequestParameters {

	/**
	 * End of the name of a parameter that may have several values.
	 */
	static final String ARRAY = "[]";

	private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

	/**
	 * Form of a coin, in any case.
	 */
	public static final Pattern COIN = Pattern.compile("(?:[A-Za-z0-9]{1,24}:)?[A-Za-z0-9]{1,24}");

	/**
	 * Form of a coin, as the end of the sentence "the parameter ...".
	 */
	public static final String COIN_EXPECTATION = "must be a symbol of at most 24 letters and digits,"
			+ " with at most one dex prefix, like BTC or xyz:MSTR";

	private final MultiValueMap<String, String> query;

	private final Map<String, String> variables;

	private final List<ParameterError> errors = new ArrayList<>();

	private RequestParameters(MultiValueMap<String, String> query, Map<String, String> variables) {
		this.query = query;
		this.variables = variables;
	}

	/**
	 * Returns what the given reader makes of the parameters of a request.
	 * @param known names of the query parameters that it may have
	 * @throws InvalidParametersException with all that is wrong
	 */
	static <Q> Q read(ServerWebExchange exchange, Set<String> known, Function<RequestParameters, Q> reader) {
		Map<String, String> variables = exchange.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return read(exchange.getRequest(), (variables != null) ? variables : Map.of(), known, reader);
	}

	/**
	 * Returns what the given reader makes of the parameters of a request with the given
	 * path variables.
	 */
	public static <Q> Q read(ServerHttpRequest request, Map<String, String> variables, Set<String> known,
			Function<RequestParameters, Q> reader) {
		RequestParameters parameters = new RequestParameters(decode(request), variables);
		parameters.query.forEach((name, values) -> parameters.checkOccurrence(name, values, known));
		Q query = reader.apply(parameters);
		if (!parameters.errors.isEmpty()) {
			throw new InvalidParametersException(parameters.errors);
		}
		return query;
	}

	private static MultiValueMap<String, String> decode(ServerHttpRequest request) {
		try {
			return request.getQueryParams();
		}
		catch (IllegalArgumentException notEncoded) {
			throw new InvalidParametersException(List
				.of(new ParameterError("query", "must be percent-encoded UTF-8", RequestTarget.query(request))));
		}
	}

	private void checkOccurrence(String name, List<String> values, Set<String> known) {
		if (!known.contains(name)) {
			reject(name, unknown(name, known), values.getFirst());
		}
		else if (isAmbiguous(values) && !known.contains(name + ARRAY) && !name.endsWith(ARRAY)) {
			reject(name, "must not be given more than once", String.join(", ", values));
		}
	}

	// The upstream's own documentation has an example that repeats a parameter with the
	// same value.
	private static boolean isAmbiguous(List<String> values) {
		return values.stream().distinct().count() > 1;
	}

	private static String unknown(String name, Set<String> known) {
		if (name.equalsIgnoreCase("cursor") && known.contains("nextCursor")) {
			return "is not a parameter of this endpoint; did you mean nextCursor?";
		}
		return known.stream()
			.filter(name::equalsIgnoreCase)
			.findFirst()
			.map((right) -> "is not a parameter of this endpoint; did you mean " + right + "?")
			.orElseGet(() -> "is not a parameter of this endpoint, which knows "
					+ (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
	}

	/**
	 * The integer of the given name within the given bounds, or null when absent or
	 * wrong.
	 */
	public @Nullable Integer integer(String name, int min, int max) {
		String value = text(name, (text) -> isInteger(text, min, max), integerExpectation(min, max));
		return (value != null) ? Integer.valueOf(value) : null;
	}

	/**
	 * Returns the range of an integer, as the end of the sentence "the parameter ...".
	 */
	public static String integerExpectation(int min, int max) {
		return "must be an integer from " + min + " to " + max;
	}

	/**
	 * The text of the given name when it is as expected, or null when absent or wrong.
	 * @param expectation what would be right, as the end of the sentence "the parameter
	 * ..."
	 */
	public @Nullable String text(String name, Predicate<String> expected, String expectation) {
		List<String> values = query.get(name);
		if (values == null || isAmbiguous(values)) {
			return null;
		}
		@Nullable String value = values.getFirst();
		if (value == null || !expected.test(value)) {
			reject(name, expectation, value);
			return null;
		}
		return value;
	}

	/**
	 * Returns the values of a parameter that are as expected, or nothing when absent or
	 * wrong.
	 * @param array whether it may have several values, also under its name with
	 * <code>[]</code>
	 */
	public List<String> texts(String name, boolean array, boolean required, Predicate<String> expected,
			String expectation) {
		List<String> values = new ArrayList<>(query.getOrDefault(name, List.of()));
		if (array) {
			values.addAll(query.getOrDefault(name + ARRAY, List.of()));
		}
		if (values.isEmpty() && required) {
			reject(name, "is required", null);
		}
		if (!array && isAmbiguous(values)) {
			return List.of();
		}
		for (@Nullable
		String value : values) {
			if (value == null || !expected.test(value)) {
				reject(name, expectation, value);
				return List.of();
			}
		}
		return values;
	}

	/**
	 * The coin of the given name as it was written, or null when absent or wrong.
	 */
	public @Nullable String coin(String name) {
		return text(name, RequestParameters::isCoin, COIN_EXPECTATION);
	}

	/**
	 * Returns whether the query has the given parameter, right or wrong.
	 */
	public boolean has(String name) {
		return query.containsKey(name);
	}

	/**
	 * The integer of a path variable, or 0 when it is wrong.
	 */
	public int pathInteger(String name, IntPredicate expected, String expectation) {
		String value = variable(name);
		if (INTEGER.matcher(value).matches() && expected.test(Integer.parseInt(value))) {
			return Integer.parseInt(value);
		}
		reject(name, expectation, value);
		return 0;
	}

	/**
	 * The coin of a path variable as it was written.
	 */
	public String pathCoin(String name) {
		return path(name, RequestParameters::isCoin, COIN_EXPECTATION);
	}

	/**
	 * The text of a path variable, right or wrong.
	 * @param expectation what would be right, as the end of the sentence "the parameter
	 * ..."
	 */
	public String path(String name, Predicate<String> expected, String expectation) {
		String value = variable(name);
		if (!expected.test(value)) {
			reject(name, expectation, value);
		}
		return value;
	}

	private String variable(String name) {
		return Objects.requireNonNull(variables.get(name));
	}

	/**
	 * Notes a wrong parameter.
	 */
	public void reject(String name, String message, @Nullable String rejected) {
		errors.add(new ParameterError(name, message, rejected));
	}

	private static boolean isInteger(String text, int min, int max) {
		if (!INTEGER.matcher(text).matches()) {
			return false;
		}
		int value = Integer.parseInt(text);
		return value >= min && value <= max;
	}

	private static boolean isCoin(String text) {
		return COIN.matcher(text).matches();
	}

}
