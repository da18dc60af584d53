package io.htgateway.declared;

import java.time.Duration;
import java.util.List;

import io.htgateway.settings.Lifetime;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of a declared endpoint.
 *
 * @param path path below <code>/api/external</code>, with variables in braces
 * @param kind kind of the upstream's response: json, text or file
 * @param ttl freshness lifetime of a response; 0s means that every request is forwarded
 * @param staleWhileRevalidate how long after its lifetime a stale response is served
 * while it is reloaded in the background
 * @param staleIfError how long after its lifetime a stale response is served when a
 * reload fails
 * @param parameters query parameters that clients may send; others are rejected
 * @param mediaType media type of text, and of files that are not JSON
 * @param maxSize maximum size of a body after decompression, instead of
 * gateway.upstream.max-size and gateway.downloads.max-size
 * @param followsState whether a response is fresh until the next state update of the
 * upstream, where that is known
 * @param coinParameter path variable or query parameter that names the coins of the
 * response, or none if its data is not divided by coins
 * @param segmentParameter the same for cohorts
 */
record DeclaredProperties(String path, @DefaultValue("json") Kind kind, @DefaultValue("5m") @Lifetime Duration ttl,
		@DefaultValue("10m") @Lifetime Duration staleWhileRevalidate,
		@DefaultValue("24h") @Lifetime Duration staleIfError, @DefaultValue List<DeclaredParameter> parameters,
		@Nullable String mediaType, @Nullable DataSize maxSize, @DefaultValue("false") boolean followsState,
		@Nullable String coinParameter, @Nullable String segmentParameter) {

	/**
	 * Syntax of the value of a path variable. A slash or a leading dot could lead to
	 * another path.
	 */
	private static final java.util.regex.Pattern VARIABLE = java.util.regex.Pattern
		.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~:-]{0,127}");

	static final String VARIABLE_EXPECTATION = "must be 1 to 128 letters, digits and . _ ~ : -, not starting with a dot";

	DeclaredProperties {
		parameters = List.copyOf(parameters);
	}

	/**
	 * Parses the path.
	 * @throws IllegalArgumentException if it is invalid
	 */
	PathTemplate template() {
		return new PathTemplate(path);
	}

	/**
	 * Returns the media type of the responses, or the default of their kind.
	 */
	String type() {
		return (mediaType != null) ? mediaType : switch (kind) {
			case JSON -> "application/json";
			case TEXT -> "text/csv";
			case FILE -> "application/octet-stream";
		};
	}

	/**
	 * Returns the maximum size of a body in bytes, or 0 for the limits of upstream calls
	 * and downloads.
	 */
	int maxBytes() {
		return (maxSize != null) ? Math.toIntExact(maxSize.toBytes()) : 0;
	}

	/**
	 * Returns whether the given text can be the value of a path variable.
	 */
	static boolean isVariable(String value) {
		return VARIABLE.matcher(value).matches();
	}

	/**
	 * Returns the name, path, cache policy and purge tags of this endpoint.
	 */
	Endpoint endpoint(String name) {
		List<Tag> tags = template().variables()
			.stream()
			.map((variable) -> new Tag(variable, VARIABLE, VARIABLE_EXPECTATION.substring("must be ".length())))
			.toList();
		return new Endpoint(name, template().route(), ttl, staleWhileRevalidate, staleIfError, tags, followsState);
	}

}
