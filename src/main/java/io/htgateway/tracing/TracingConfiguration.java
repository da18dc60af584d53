package io.htgateway.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Sends spans if a collector is configured. Otherwise nothing of OpenTelemetry is
 * created.
 */
// The configuration that makes spans of the framework's observations is not imported:
// spans of clients would contain the URLs of calls, and would add headers to the calls.
@Configuration(proxyBeanMethods = false)
@Conditional(OnCollector.class)
@Import({ OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
		OtlpTracingAutoConfiguration.class })
class TracingConfiguration {

	private static final String SCOPE = "io.htgateway";

	@Bean
	static BeanFactoryPostProcessor collectorCheck(Environment environment) {
		return (factory) -> CollectorCheck.check(environment);
	}

	@Bean
	RequestSpans requestSpans(OpenTelemetry telemetry) {
		return new RequestSpans(tracer(telemetry));
	}

	@Bean
	LoadSpans loadSpans(OpenTelemetry telemetry) {
		return new LoadSpans(tracer(telemetry));
	}

	@Bean
	static BeanPostProcessor quietSpanExporter() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof SpanExporter exporter) ? QuietSpanExporter.of(exporter) : bean;
			}

		};
	}

	private static Tracer tracer(OpenTelemetry telemetry) {
		return telemetry.getTracer(SCOPE);
	}

}
