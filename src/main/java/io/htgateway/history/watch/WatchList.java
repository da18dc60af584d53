package io.htgateway.history.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.RecordedRequest;
import io.htgateway.history.store.Series;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.web.problem.InvalidParametersException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and validates the configured keys.
 */
final class WatchList {

	private static final int MAX_SHOWN = 100;

	private final Map<Series, Integer> known = new LinkedHashMap<>();

	private final List<RecordedRequest> requests = new ArrayList<>();

	private final List<String> problems = new ArrayList<>();

	private final List<String> keys;

	private final RecordedEndpoints recorded;

	private WatchList(List<String> keys, RecordedEndpoints recorded) {
		this.keys = keys;
		this.recorded = recorded;
	}

	/**
	 * Returns the requests for the responses that the given keys name.
	 * @param keys endpoints and keys, such as <code>heatmap/BTC</code>, in any form that
	 * the endpoint accepts
	 * @throws UnusableSettingsException that names all invalid and repeated keys
	 */
	static List<RecordedRequest> read(List<String> keys, RecordedEndpoints recorded) {
		WatchList list = new WatchList(keys, recorded);
		for (int index = 0; index < keys.size(); index++) {
			list.add(index, keys.get(index).strip());
		}
		if (!list.problems.isEmpty()) {
			throw new UnusableSettingsException(list.problems);
		}
		return list.requests;
	}

	private void add(int index, String text) {
		int slash = text.indexOf('/');
		if (slash <= 0 || slash == text.length() - 1) {
			problem(index, "and must be an endpoint and a key, such as heatmap/BTC or risk/5.");
			return;
		}
		String endpoint = text.substring(0, slash);
		try {
			Optional<RecordedRequest> found = recorded.find(endpoint, text.substring(slash + 1));
			found.ifPresentOrElse((request) -> add(index, request),
					() -> problem(index, "whose endpoint is not recorded: gateway.history.endpoints has %s."
						.formatted(String.join(", ", recorded.names()))));
		}
		catch (InvalidParametersException invalid) {
			problem(index,
					invalid.errors()
						.stream()
						.map((error) -> "whose " + error.parameter() + ' ' + error.message())
						.collect(Collectors.joining(", ")) + '.');
		}
	}

	private void add(int index, RecordedRequest request) {
		@Nullable Integer first = known.putIfAbsent(request.series(), index);
		if (first == null) {
			requests.add(request);
		}
		else {
			problem(index, "the same key as %s[%d] (%s): remove one of them.".formatted(WatchProperties.WATCH, first,
					request.series()));
		}
	}

	private void problem(int index, String problem) {
		String separator = problem.startsWith("and ") ? " " : ", ";
		problems.add("%s[%d] is \"%s\"%s%s".formatted(WatchProperties.WATCH, index, shown(keys.get(index)), separator,
				problem));
	}

	private static String shown(String text) {
		return (text.length() > MAX_SHOWN) ? text.substring(0, MAX_SHOWN) + "..." : text;
	}

}
