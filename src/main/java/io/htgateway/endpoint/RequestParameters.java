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
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Validates the parameters of a request. Collects every error, so that the response names
 * all invalid parameters at once.
 */
public final class RequestParameters {

	/**
	 * Suffix of the name of a parameter that may have several values.
	 */
	static final String ARRAY_SUFFIX = "[]";

	private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

	/**
	 * Syntax of a coin, in any case.
	 */
	public static final Pattern COIN = Pattern.compile("(?:[A-Za-z0-9]{1,24}:)?[A-Za-z0-9]{1,24}");

	/**
	 * Rule for a coin, as the end of the sentence "the parameter ...".
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
	 * Validates the parameters of the given request.
	 * @param known names of the query parameters that the request may have
	 * @param reader reads the parameters and records the invalid ones
	 * @return the result of the reader
	 * @throws InvalidParametersException with all errors, if there are any
	 */
	static <Q> Q read(ServerWebExchange exchange, Set<String> known, Function<RequestParameters, Q> reader) {
		Map<String, String> variables = exchange.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
		return read(exchange.getRequest(), (variables != null) ? variables : Map.of(), known, reader);
	}

	/**
	 * Validates the parameters of the given request with the given path variables.
	 * @param known names of the query parameters that the request may have
	 * @param reader reads the parameters and records the invalid ones
	 * @return the result of the reader
	 * @throws InvalidParametersException with all errors, if there are any
	 */
	public static <Q> Q read(ServerHttpRequest request, Map<String, String> variables, Set<String> known,
			Function<RequestParameters, Q> reader) {
		RequestParameters parameters = new RequestParameters(decode(request), variables);
		parameters.query.forEach((name, values) -> parameters.checkOccurrence(name, values, known));
		return read(parameters, reader);
	}

	/**
	 * Validates the given path variables of a request without query parameters.
	 * @param reader reads the parameters and records the invalid ones
	 * @return the result of the reader
	 * @throws InvalidParametersException with all errors, if there are any
	 */
	public static <Q> Q read(Map<String, String> variables, Function<RequestParameters, Q> reader) {
		return read(new RequestParameters(new LinkedMultiValueMap<>(), variables), reader);
	}

	private static <Q> Q read(RequestParameters parameters, Function<RequestParameters, Q> reader) {
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
		catch (IllegalArgumentException malformed) {
			throw new InvalidParametersException(List
				.of(new ParameterError("query", "must be percent-encoded UTF-8", RequestTarget.query(request))));
		}
	}

	private void checkOccurrence(String name, List<String> values, Set<String> known) {
		if (!known.contains(name)) {
			reject(name, unknownName(name, known), values.getFirst());
		}
		else if (isAmbiguous(values) && !known.contains(name + ARRAY_SUFFIX) && !name.endsWith(ARRAY_SUFFIX)) {
			reject(name, "must not be given more than once", String.join(", ", values));
		}
	}

	// Repeating a parameter with the same value is allowed: an example in the upstream's
	// documentation does it.
	private static boolean isAmbiguous(List<String> values) {
		return values.stream().distinct().count() > 1;
	}

	private static String unknownName(String name, Set<String> known) {
		if (name.equalsIgnoreCase("cursor") && known.contains("nextCursor")) {
			return "is not a parameter of this endpoint; did you mean nextCursor?";
		}
		return known.stream()
			.filter(name::equalsIgnoreCase)
			.findFirst()
			.map((exact) -> "is not a parameter of this endpoint; did you mean " + exact + "?")
			.orElseGet(() -> "is not a parameter of this endpoint; allowed: "
					+ (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known))));
	}

	/**
	 * Returns the integer with the given name, or null if it is absent or invalid.
	 * @param min least valid value
	 * @param max greatest valid value
	 */
	public @Nullable Integer integer(String name, int min, int max) {
		String value = text(name, (text) -> isInteger(text, min, max), integerExpectation(min, max));
		return (value != null) ? Integer.valueOf(value) : null;
	}

	/**
	 * Returns the rule for an integer, as the end of the sentence "the parameter ...".
	 */
	public static String integerExpectation(int min, int max) {
		return "must be an integer from " + min + " to " + max;
	}

	/**
	 * Returns the text with the given name, or null if it is absent or invalid.
	 * @param expected whether a value is valid
	 * @param expectation the rule for a valid value, as the end of the sentence "the
	 * parameter ..."
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
	 * Returns the values of the parameter with the given name; empty if it is absent or
	 * one of them is invalid.
	 * @param array whether the parameter may have several values, also under its name
	 * with <code>[]</code>
	 * @param required whether an absent parameter is an error
	 * @param expected whether a value is valid
	 * @param expectation the rule for a valid value, as the end of the sentence "the
	 * parameter ..."
	 */
	public List<String> texts(String name, boolean array, boolean required, Predicate<String> expected,
			String expectation) {
		List<String> values = new ArrayList<>(query.getOrDefault(name, List.of()));
		if (array) {
			values.addAll(query.getOrDefault(name + ARRAY_SUFFIX, List.of()));
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
	 * Returns the coin with the given name, in the case that the client sent, or null if
	 * it is absent or invalid.
	 */
	public @Nullable String coin(String name) {
		return text(name, RequestParameters::isCoin, COIN_EXPECTATION);
	}

	/**
	 * Returns whether the query has the given parameter, valid or not.
	 */
	public boolean has(String name) {
		return query.containsKey(name);
	}

	/**
	 * Returns the integer in the path variable with the given name, or 0 if it is
	 * invalid.
	 * @param expected whether a value is valid
	 * @param expectation the rule for a valid value, as the end of the sentence "the
	 * parameter ..."
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
	 * Returns the coin in the path variable with the given name, in the case that the
	 * client sent, even if it is invalid.
	 */
	public String pathCoin(String name) {
		return path(name, RequestParameters::isCoin, COIN_EXPECTATION);
	}

	/**
	 * Returns the text of the path variable with the given name, even if it is invalid.
	 * @param expected whether a value is valid
	 * @param expectation the rule for a valid value, as the end of the sentence "the
	 * parameter ..."
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
	 * Records that a parameter is invalid.
	 * @param message the rule for a valid value, as the end of the sentence "the
	 * parameter ..."
	 * @param rejected the invalid value, or null if there is none
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
