package io.htgateway.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.htgateway.cache.Reach;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.history.store.Series;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.web.problem.InvalidParametersException;
import io.htgateway.web.problem.ParameterError;
import org.springframework.web.util.UriTemplate;

/**
 * The endpoints whose responses the history records.
 */
public final class RecordedEndpoints {

	private static final String SEPARATOR = "~";

	private final Map<String, MirroredEndpoint<?>> byName = new TreeMap<>();

	private RecordedEndpoints(List<MirroredEndpoint<?>> recorded) {
		recorded.forEach((endpoint) -> byName.put(endpoint.description().name(), endpoint));
	}

	/**
	 * Returns the endpoints of the given names.
	 * @param names <code>gateway.history.endpoints</code>
	 * @param all all endpoints
	 * @throws UnusableSettingsException if one does not exist or cannot be recorded
	 */
	static RecordedEndpoints of(List<String> names, List<MirroredEndpoint<?>> all) {
		List<MirroredEndpoint<?>> recordable = all.stream().filter(MirroredEndpoint::isRecordable).toList();
		List<String> allowed = recordable.stream().map((endpoint) -> endpoint.description().name()).sorted().toList();
		if (names.isEmpty() || !allowed.containsAll(names)) {
			throw new UnusableSettingsException(
					"gateway.history.endpoints is %s and must be names of endpoints whose responses the upstream does not retain: %s."
						.formatted(names.isEmpty() ? "empty" : String.join(", ", names), String.join(", ", allowed)));
		}
		return new RecordedEndpoints(
				recordable.stream().filter((endpoint) -> names.contains(endpoint.description().name())).toList());
	}

	/**
	 * Returns the names of the endpoints.
	 */
	public Collection<String> names() {
		return byName.keySet();
	}

	/**
	 * Returns the request for the response that the given key names, or nothing if the
	 * endpoint is not recorded.
	 * @param key values of the path variables of the endpoint, separated by
	 * <code>~</code>, or <code>all</code> if it has none; in any form that the endpoint
	 * accepts
	 * @throws InvalidParametersException if the key is invalid
	 */
	public Optional<RecordedRequest> find(String endpoint, String key) {
		MirroredEndpoint<?> found = byName.get(endpoint);
		return (found != null) ? Optional.of(request(found, key)) : Optional.empty();
	}

	private static <Q> RecordedRequest request(MirroredEndpoint<Q> endpoint, String key) {
		String name = endpoint.description().name();
		Q query = RequestParameters.read(variables(endpoint.description().route(), key), endpoint::query);
		String series = endpoint.series(query);
		if (series == null || !Series.isName(series)) {
			throw invalid("must be a key that the history records", key);
		}
		return new RecordedRequest(new Series(name, series), endpoint.scope(query), endpoint.get(query, Reach.LOAD));
	}

	private static Map<String, String> variables(String route, String key) {
		List<String> names = new UriTemplate(route).getVariableNames();
		if (names.isEmpty() && key.equals("all")) {
			return Map.of();
		}
		List<String> values = List.of(key.split(SEPARATOR, -1));
		if (names.size() != values.size()) {
			throw invalid(names.isEmpty() ? "must be all, because the path of the endpoint has no variables"
					: "must be " + String.join(SEPARATOR, names), key);
		}
		return IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, values::get));
	}

	private static InvalidParametersException invalid(String expectation, String key) {
		return new InvalidParametersException(List.of(new ParameterError("key", expectation, key)));
	}

}
