package io.htgateway.traffic;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.htgateway.access.request.RequestTarget;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Line of the access log for one request, without its query and its headers. The values
 * become text only when the line is written.
 *
 * @param requestId id of the request in logs and problems
 * @param client address of the client
 * @param team the team that sent it, or null if it is not known
 * @param target the request target as received, cut if it is far longer than its logged
 * part, because many lines may be pending
 * @param route path pattern of the endpoint, or null if the request matches none
 * @param outcome outcome of the request, or null if it is not about mirrored data
 * @param age age of the data in the response, or null if it has none
 * @param nanos time from the request to its response, in nanoseconds
 * @param traceId id of the trace of the request, or null if it is not traced
 */
public record AccessLine(Object requestId, @Nullable SocketAddress client, @Nullable String team, String method,
		String target, @Nullable String route, int status, @Nullable Outcome outcome, @Nullable Duration age,
		long nanos, @Nullable String traceId) {

	private static final int MAX_METHOD = 16;

	private static final int MAX_PATH = 256;

	private static final int MAX_TARGET = 4 * MAX_PATH;

	public AccessLine {
		method = cut(method, 4 * MAX_METHOD);
		target = cut(target, MAX_TARGET);
	}

	private static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

	/**
	 * Creates the line of a request that is not traced.
	 */
	public AccessLine(Object requestId, @Nullable SocketAddress client, @Nullable String team, String method,
			String target, @Nullable String route, int status, @Nullable Outcome outcome, @Nullable Duration age,
			long nanos) {
		this(requestId, client, team, method, target, route, status, outcome, age, nanos, null);
	}

	static AccessLine of(ServerWebExchange exchange, @Nullable SocketAddress client, @Nullable String team,
			@Nullable String route, int status, @Nullable Outcome outcome, @Nullable Duration age, long nanos) {
		return new AccessLine(exchange.getRequest().getId(), client, team, exchange.getRequest().getMethod().name(),
				RequestTarget.path(exchange.getRequest()), route, status, outcome, age, nanos);
	}

	/**
	 * Returns this line with the id of the given trace.
	 */
	public AccessLine withTrace(RequestTrace trace) {
		return new AccessLine(requestId, client, team, method, target, route, status, outcome, age, nanos, trace.id());
	}

	/**
	 * Passes the fields of the request to the given consumer, by name, in a form that can
	 * be written.
	 */
	public void fields(BiConsumer<String, Object> fields) {
		fields.accept("requestId", requestId.toString());
		fields.accept("client", address());
		if (team != null) {
			fields.accept("team", team);
		}
		fields.accept("method", LogText.plain(method, MAX_METHOD));
		fields.accept("path", LogText.plain(LogText.path(target), MAX_PATH));
		if (route != null) {
			fields.accept("route", route);
		}
		fields.accept("status", status);
		if (outcome != null) {
			fields.accept("outcome", outcome.tag());
		}
		if (age != null) {
			fields.accept("age", age.toSeconds());
		}
		fields.accept("durationMs", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0);
		if (traceId != null) {
			fields.accept("traceId", traceId);
		}
	}

	/**
	 * Returns the fields as one line of <code>key=value</code>.
	 */
	String text() {
		StringBuilder text = new StringBuilder(256);
		fields((name, value) -> text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value));
		return text.toString();
	}

	private String address() {
		return (client instanceof InetSocketAddress internet && internet.getAddress() != null)
				? internet.getAddress().getHostAddress() : "-";
	}

}
