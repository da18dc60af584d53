package io.htgateway.tracing;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs once when the collector takes no spans, and once when it does again. The exporter
 * itself would tell of each batch, with a trace.
 */
record QuietSpanExporter(SpanExporter exporter, AtomicBoolean away) implements SpanExporter {

	private static final Logger LOG = LoggerFactory.getLogger(QuietSpanExporter.class);

	static QuietSpanExporter of(SpanExporter exporter) {
		return new QuietSpanExporter(exporter, new AtomicBoolean());
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		CompletableResultCode result = exporter.export(spans);
		return result.whenComplete(() -> tell(!result.isSuccess()));
	}

	private void tell(boolean failed) {
		if (away.getAndSet(failed) == failed) {
			return;
		}
		if (failed) {
			LOG.warn("Collector takes no spans: they are lost until it does");
		}
		else {
			LOG.info("Collector takes spans again");
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
