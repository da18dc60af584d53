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
 * A declared endpoint.
 *
 * @param path its path below <code>/api/external</code>, with variables in braces
 * @param kind what the upstream answers: json, text or file
 * @param ttl freshness lifetime of a response; 0s means that every request is forwarded
 * @param staleWhileRevalidate how long behind its freshness a response is answered at
 * once while it is reloaded
 * @param staleIfError how long behind its freshness a response is answered when it cannot
 * be reloaded
 * @param parameters the query parameters that clients may send
 * @param mediaType media type of text and of files that are not JSON
 * @param maxSize largest body, counted after decompression, instead of
 * gateway.upstream.max-size and gateway.downloads.max-size
 */
record DeclaredProperties(String path, @DefaultValue("json") Kind kind, @DefaultValue("5m") @Lifetime Duration ttl,
		@DefaultValue("10m") @Lifetime Duration staleWhileRevalidate,
		@DefaultValue("24h") @Lifetime Duration staleIfError, @DefaultValue List<DeclaredParameter> parameters,
		@Nullable String mediaType, @Nullable DataSize maxSize) {

	/**
	 * What a value of a path variable may be. It has no slash, and no dot at its start.
	 */
	private static final java.util.regex.Pattern VARIABLE = java.util.regex.Pattern
		.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~:-]{0,127}");

	static final String VARIABLE_EXPECTATION = "must be 1 to 128 letters, digits and . _ ~ : -, with no dot first";

	DeclaredProperties {
		parameters = List.copyOf(parameters);
	}

	PathTemplate template() {
		return new PathTemplate(path);
	}

	String type() {
		return (mediaType != null) ? mediaType : switch (kind) {
			case JSON -> "application/json";
			case TEXT -> "text/csv";
			case FILE -> "application/octet-stream";
		};
	}

	/**
	 * Returns the bytes of the largest body, or 0 for those of the upstream and of
	 * downloads.
	 */
	int maxBytes() {
		return (maxSize != null) ? Math.toIntExact(maxSize.toBytes()) : 0;
	}

	static boolean isVariable(String value) {
		return VARIABLE.matcher(value).matches();
	}

	/**
	 * Returns what the rest of the gateway knows of this endpoint.
	 */
	Endpoint endpoint(String name) {
		List<Tag> tags = template().variables()
			.stream()
			.map((variable) -> new Tag(variable, VARIABLE, VARIABLE_EXPECTATION.substring("must be ".length())))
			.toList();
		return new Endpoint(name, template().route(), ttl, staleWhileRevalidate, staleIfError, tags);
	}

}
