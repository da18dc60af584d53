package io.htgateway.tracing;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.htgateway.traffic.RequestTrace;
import io.htgateway.traffic.RequestTraces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.common.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests. Each belongs to the trace of its caller if the request carries one
 * (W3C Trace Context).
 */
final class RequestSpans implements RequestTraces {

	/**
	 * Name of a span whose request matches no route.
	 */
	private static final String NAME = "request";

	private static final TextMapGetter<Function<String, @Nullable String>> HEADERS = new TextMapGetter<>() {

		@Override
		public Iterable<String> keys(Function<String, @Nullable String> headers) {
			return List.of();
		}

		@Override
		public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
			return (headers != null) ? headers.apply(name) : null;
		}

	};

	private final Tracer tracer;

	RequestSpans(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public boolean isOn() {
		return true;
	}

	// A span that starts now takes its time from its own clock. One that started before
	// needs a time from the same clock.
	@Override
	public RequestTrace begin(Function<String, @Nullable String> headers, long nanosAgo) {
		Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS);
		SpanBuilder span = tracer.spanBuilder(NAME).setParent(caller).setSpanKind(SpanKind.SERVER);
		if (nanosAgo > 0) {
			span.setStartTimestamp(Clock.getDefault().now() - nanosAgo, TimeUnit.NANOSECONDS);
		}
		Span started = span.startSpan();
		return new RequestSpan(started);
	}

}
