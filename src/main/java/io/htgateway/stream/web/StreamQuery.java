package io.htgateway.stream.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.stream.ListenerFilter;
import io.htgateway.stream.event.FillId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Request for a stream.
 *
 * @param last the last fill that the client knows, or null
 */
record StreamQuery(ListenerFilter filter, @Nullable FillId last) {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	/**
	 * Rule for <code>Last-Event-ID</code>, as the end of the sentence "the parameter
	 * ...".
	 */
	static final String ID_EXPECTATION = "must be the id of an event, unchanged, such as 1779989255681-926452912678690A";

	/**
	 * Rule for <code>min-value</code>, as the end of the sentence "the parameter ...".
	 */
	static final String VALUE_EXPECTATION = "must be dollars from 0 to 999999999999, such as 10000 or 2500.50";

	/**
	 * The endpoint whose fills are streamed.
	 */
	static final String ENDPOINT = "fills";

	private static final Set<String> NAMES = Set.of("coin", "side", "address", "min-value");

	private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

	private static final Pattern VALUE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");

	/**
	 * Reads the given request.
	 * @throws io.htgateway.web.problem.InvalidParametersException with all errors, if
	 * there are any
	 */
	static StreamQuery of(ServerHttpRequest request) {
		List<String> ids = request.getHeaders().getOrEmpty(LAST_EVENT_ID);
		return RequestParameters.read(request, Map.of(), NAMES,
				(parameters) -> new StreamQuery(filter(parameters), last(ids, parameters)));
	}

	private static ListenerFilter filter(RequestParameters parameters) {
		String coin = parameters.coin("coin");
		String side = parameters.text("side", (text) -> text.equals("A") || text.equals("B"),
				"must be A (ask) or B (bid)");
		String address = parameters.text("address", (text) -> ADDRESS.matcher(text).matches(),
				"must be 0x and 40 hexadecimal digits");
		String value = parameters.text("min-value", (text) -> VALUE.matcher(text).matches(), VALUE_EXPECTATION);
		return new ListenerFilter(coin, side, address, (value != null) ? Double.valueOf(value) : null, null);
	}

	// Browsers send an empty id, or none, before they have received one.
	private static @Nullable FillId last(List<String> ids, RequestParameters parameters) {
		String text = String.join(",", ids);
		if (text.isEmpty()) {
			return null;
		}
		FillId id = FillId.parse(text).orElse(null);
		if (id == null) {
			parameters.reject(LAST_EVENT_ID, ID_EXPECTATION, text);
		}
		return id;
	}

	/**
	 * Returns what the stream contains, as for fills.
	 */
	Scope scope() {
		String coin = filter.coin();
		return new Scope(ENDPOINT, (coin != null) ? new Extent.Named(List.of(coin), true) : new Extent.All("coin"),
				Extent.NONE);
	}

}
