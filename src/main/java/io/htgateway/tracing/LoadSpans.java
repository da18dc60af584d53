package io.htgateway.tracing;

import java.util.Locale;

import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.observation.LoadObserver;
import io.htgateway.cache.observation.LoadOutcome;
import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import reactor.util.context.ContextView;

/**
 * Spans of loads. Each is a child of the span of the request that started the load, and
 * is linked from the spans of the other requests that wait for it.
 */
// A span has only the subject of the key and the kind of a failure: cursors, URLs and
// messages of the upstream must not leave the gateway.
final class LoadSpans implements LoadObserver {

	private final Tracer tracer;

	LoadSpans(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public LoadObservation start(CacheKey key, ContextView context) {
		Subject subject = key.subject();
		SpanBuilder span = tracer.spanBuilder("load")
			.setParent(Context.root().with(RequestSpan.of(context)))
			.setAttribute("gateway.endpoint", subject.endpoint());
		subject.tags().forEach((tag, value) -> span.setAttribute("gateway." + tag, value));
		return new LoadSpan(span.startSpan());
	}

	private record LoadSpan(Span span) implements LoadObservation {

		private static final String OUTCOME = "gateway.load.outcome";

		@Override
		public void awaitedBy(ContextView context) {
			RequestSpan.of(context).addLink(span.getSpanContext());
		}

		@Override
		public void succeeded(LoadOutcome outcome) {
			span.setAttribute(OUTCOME, text(outcome)).end();
		}

		@Override
		public void failed(LoadFailure kind, Throwable failure) {
			span.setAttribute(OUTCOME, text((kind == LoadFailure.REPORTED) ? LoadFailure.FAILED : kind))
				.setAttribute("error.type", failure.getClass().getSimpleName());
			if (kind == LoadFailure.FAILED || kind == LoadFailure.REPORTED || kind == LoadFailure.UNAVAILABLE) {
				span.setStatus(StatusCode.ERROR);
			}
			span.end();
		}

		private static String text(Enum<?> value) {
			return value.name().toLowerCase(Locale.ROOT);
		}

	}

}
