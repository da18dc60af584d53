package io.htgateway.declared;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Lookup;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.failure.LoadFailures;
import io.htgateway.traffic.Endpoint;
import reactor.core.publisher.Mono;

/**
 * An endpoint that configuration declares.
 */
final class DeclaredEndpoint implements MirroredEndpoint<DeclaredQuery> {

	private final DeclaredProperties properties;

	private final Endpoint description;

	private final EndpointDocument document;

	private final ResponseCache cache;

	private final DeclaredLoader loader;

	private final CachePolicy policy;

	DeclaredEndpoint(String name, DeclaredProperties properties, ResponseCache cache, DeclaredLoader loader) {
		this.properties = properties;
		this.description = properties.endpoint(name);
		this.document = DeclaredDocument.of(name, properties);
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
	public DeclaredQuery query(RequestParameters parameters) {
		Map<String, String> variables = new HashMap<>();
		for (String variable : properties.template().variables()) {
			variables.put(variable,
					parameters.path(variable, DeclaredProperties::isVariable, DeclaredProperties.VARIABLE_EXPECTATION));
		}
		SortedMap<String, List<String>> values = new TreeMap<>();
		for (DeclaredParameter parameter : properties.parameters()) {
			List<String> given = values(parameter, parameters);
			if (!given.isEmpty()) {
				values.put(parameter.upstreamName(), given);
			}
		}
		return new DeclaredQuery(description.name(), description.route(), variables, values);
	}

	private static List<String> values(DeclaredParameter parameter, RequestParameters parameters) {
		return parameters
			.texts(parameter.name(), parameter.array(), parameter.required(),
					(text) -> parameter.form().matcher(text).matches(), parameter.expectation())
			.stream()
			.map(parameter::canonical)
			.distinct()
			.sorted()
			.toList();
	}

	@Override
	public Mono<CacheResult> get(DeclaredQuery query, Lookup lookup) {
		return cache.get(query, policy, lookup,
				(previous) -> loader.load(query.toUpstream().ofDeclared(properties.maxBytes()), previous));
	}

}
