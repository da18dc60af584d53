package io.htgateway.declared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.failure.LoadFailures;
import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Mirrored endpoint that is declared in the configuration.
 */
final class DeclaredEndpoint implements MirroredEndpoint<DeclaredQuery> {

	private final List<String> variables;

	private final List<AllowedParameter> parameters;

	private final int maxBytes;

	private final Endpoint description;

	private final EndpointDocument document;

	private final DeclaredScope scope;

	private final ResponseCache cache;

	private final DeclaredLoader loader;

	private final CachePolicy policy;

	DeclaredEndpoint(String name, DeclaredProperties properties, ResponseCache cache, DeclaredLoader loader) {
		this.variables = properties.template().variables();
		this.parameters = properties.parameters().stream().map(AllowedParameter::of).toList();
		this.maxBytes = properties.maxBytes();
		this.description = properties.endpoint(name);
		this.document = DeclaredDocument.of(name, properties);
		this.scope = new DeclaredScope(name, properties);
		this.cache = cache;
		this.loader = loader;
		this.policy = new CachePolicy(properties.ttl(), properties.staleWhileRevalidate(), properties.staleIfError(),
				loader.deadline(), LoadFailures::of);
	}

	@Override
	public Endpoint description() {
		return description;
	}

	@Override
	public EndpointDocument document() {
		return document;
	}

	@Override
	public DeclaredQuery query(RequestParameters request) {
		Map<String, String> path = new HashMap<>();
		for (String variable : variables) {
			path.put(variable,
					request.path(variable, DeclaredProperties::isVariable, DeclaredProperties.VARIABLE_EXPECTATION));
		}
		SortedMap<String, List<String>> values = new TreeMap<>();
		for (AllowedParameter allowed : parameters) {
			List<String> given = allowed.values(request);
			if (!given.isEmpty()) {
				values.put(allowed.parameter().upstreamName(), given);
			}
		}
		return new DeclaredQuery(description.name(), description.route(), path, values);
	}

	@Override
	public Scope scope(DeclaredQuery query) {
		return scope.of(query);
	}

	@Override
	public boolean isRecordable() {
		return true;
	}

	@Override
	public @Nullable String series(DeclaredQuery query) {
		return query.series();
	}

	@Override
	public Mono<CacheResult> get(DeclaredQuery query, Reach reach) {
		return cache.get(query, policy, reach,
				(previous) -> loader.load(query.toUpstream().ofDeclared(maxBytes), previous));
	}

	/**
	 * A declared parameter with its pattern, which is compiled only once.
	 */
	private record AllowedParameter(DeclaredParameter parameter, Pattern pattern) {

		static AllowedParameter of(DeclaredParameter parameter) {
			return new AllowedParameter(parameter, parameter.compiledPattern());
		}

		List<String> values(RequestParameters request) {
			return request
				.texts(parameter.name(), parameter.array(), parameter.required(),
						(text) -> pattern.matcher(text).matches(), parameter.expectation())
				.stream()
				.map(parameter::canonical)
				.distinct()
				.sorted()
				.toList();
		}

	}

}
