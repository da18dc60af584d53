package io.htgateway.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a request which coins and cohorts its response contains, as the declaration
 * of the endpoint says.
 *
 * @param endpoint name of the endpoint
 * @param properties its declaration
 */
record DeclaredScope(String endpoint, DeclaredProperties properties) {

	/**
	 * Value in a declaration for data that is not divided by coins or by cohorts.
	 */
	static final String NONE = "none";

	/**
	 * Checks that the given parameter of a declaration exists.
	 * @throws IllegalArgumentException if it does not, with the end of a sentence that
	 * starts with the property
	 */
	static void check(DeclaredProperties properties, @Nullable String parameter) {
		List<String> names = Stream
			.concat(properties.template().variables().stream(),
					properties.parameters().stream().map(DeclaredParameter::name))
			.toList();
		if (parameter != null && !parameter.equals(NONE) && !names.contains(parameter)) {
			throw new IllegalArgumentException("must be a variable of the path or one of the parameters"
					+ (names.isEmpty() ? ", and this endpoint has neither" : ": " + String.join(", ", names))
					+ "; write none if the data is not divided in this way");
		}
	}

	Scope of(DeclaredQuery query) {
		return new Scope(endpoint, extent(query, properties.coinParameter(), "coin-parameter"),
				extent(query, properties.segmentParameter(), "segment-parameter"));
	}

	private Extent extent(DeclaredQuery query, @Nullable String name, String property) {
		if (name == null) {
			return new Extent.Undeclared("gateway.endpoints." + endpoint + '.' + property);
		}
		if (name.equals(NONE)) {
			return Extent.NONE;
		}
		String variable = query.variables().get(name);
		List<String> names = new ArrayList<>((variable != null) ? List.of(variable) : List.of());
		boolean ignoreCase = variable == null;
		for (DeclaredParameter parameter : properties.parameters()) {
			if (parameter.name().equals(name)) {
				names.addAll(query.parameters().getOrDefault(parameter.upstreamName(), List.of()));
				ignoreCase &= parameter.lowerCase();
			}
		}
		return names.isEmpty() ? new Extent.All(name) : new Extent.Named(names, ignoreCase);
	}

}
