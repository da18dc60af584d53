package io.htgateway.tracing;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once when the collector is unavailable, and once when it is available again. The
 * exporter itself would log each failed batch with a stack trace.
 */
record QuietSpanExporter(SpanExporter exporter, AtomicBoolean unavailable) implements SpanExporter {

	private static final Logger LOG = LoggerFactory.getLogger(QuietSpanExporter.class);

	static QuietSpanExporter of(SpanExporter exporter) {
		return new QuietSpanExporter(exporter, new AtomicBoolean());
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		CompletableResultCode result = exporter.export(spans);
		return result.whenComplete(() -> report(!result.isSuccess()));
	}

	private void report(boolean failed) {
		if (unavailable.getAndSet(failed) == failed) {
			return;
		}
		if (failed) {
			LOG.warn("Collector unavailable, dropping spans until it accepts them again");
		}
		else {
			LOG.info("Collector available again, sending spans");
		}
	}

	@Override
	public CompletableResultCode flush() {
		return exporter.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return exporter.shutdown();
	}

}
