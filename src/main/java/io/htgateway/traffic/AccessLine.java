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
 * One request as it is logged: without its query and its headers. What it holds becomes
 * text only when it is written.
 *
 * @param requestId what the request is called in logs and problems
 * @param client address of who sent it
 * @param team who sent it, where that is known
 * @param target what was asked for, as it was sent, cut where it is far longer than what
 * is logged of it: many lines may be pending
 * @param route path pattern of the endpoint, if there is one
 * @param outcome what became of it, if it has to do with mirrored data
 * @param age age of the data that it was answered with, if it was
 * @param nanos time from the request to its answer
 * @param traceId what the trace is called that it belongs to, if it is followed
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
	 * The line of a request that is not followed.
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
	 * The same for a request that the given trace is of.
	 */
	public AccessLine of(RequestTrace trace) {
		return new AccessLine(requestId, client, team, method, target, route, status, outcome, age, nanos, trace.id());
	}

	/**
	 * Gives what is known of the request, by name, in a form that can be written.
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
	 * The same in one line of <code>key=value</code>.
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
