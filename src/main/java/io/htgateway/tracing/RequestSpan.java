package io.htgateway.tracing;

import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.RequestTrace;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Span of one request. Its attributes are the fields of the request's line in the access
 * log.
 */
record RequestSpan(Span span) implements RequestTrace {

	private static final int SERVER_ERROR = 500;

	/**
	 * Returns the span of the request with the given context, or an invalid span that
	 * ignores all calls if the request is not traced.
	 */
	static Span of(ContextView context) {
		return context.hasKey(RequestSpan.class) ? context.get(RequestSpan.class).span() : Span.getInvalid();
	}

	@Override
	public String id() {
		return span.getSpanContext().getTraceId();
	}

	@Override
	public Context addTo(Context context) {
		return context.put(RequestSpan.class, this);
	}

	@Override
	public void end(AccessLine line) {
		if (span.isRecording()) {
			if (line.route() != null) {
				span.updateName(line.method() + ' ' + line.route());
			}
			line.fields(this::set);
			if (line.status() >= SERVER_ERROR) {
				span.setStatus(StatusCode.ERROR);
			}
		}
		span.end();
	}

	// Uses the names of OpenTelemetry's conventions for HTTP where they exist.
	private void set(String field, Object value) {
		switch (field) {
			case "client" -> span.setAttribute("client.address", value.toString());
			case "method" -> span.setAttribute("http.request.method", value.toString());
			case "path" -> span.setAttribute("url.path", value.toString());
			case "route" -> span.setAttribute("http.route", value.toString());
			case "status" -> span.setAttribute("http.response.status_code", ((Number) value).longValue());
			case "age" -> span.setAttribute("gateway.age", ((Number) value).longValue());
			case "requestId" -> span.setAttribute("gateway.request.id", value.toString());
			case "team", "outcome" -> span.setAttribute("gateway." + field, value.toString());
			default -> {
				// The span itself has the other fields: its time and the trace.
			}
		}
	}

}
