package io.htgateway;

import io.htgateway.teams.NewTeamToken;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration;

/**
 * The gateway: one Spring Boot service between an organisation's teams and HyperTracker.
 */
// What replicas share imports what it needs of Redis, where it is enabled, and traces
// what
// they need of OpenTelemetry. Health must not depend on Redis: without it, all replicas
// would be taken away at once.
@SpringBootApplication(exclude = { DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class,
		DataRedisRepositoriesAutoConfiguration.class, DataRedisHealthContributorAutoConfiguration.class,
		DataRedisReactiveHealthContributorAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
		NoopTracerAutoConfiguration.class, OtlpExemplarsAutoConfiguration.class,
		PrometheusExemplarsAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
		OpenTelemetryTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class,
		OpenTelemetryLoggingAutoConfiguration.class, OtlpLoggingAutoConfiguration.class })
@ConfigurationPropertiesScan
public class GatewayApplication {

	private static final int WRONG_USAGE = 2;

	public static void main(String[] args) {
		NewTeamToken.answer(args)
			.ifPresentOrElse(GatewayApplication::say, () -> SpringApplication.run(GatewayApplication.class, args));
	}

	private static void say(NewTeamToken.Answer answer) {
		switch (answer) {
			case NewTeamToken.Answer.Made made -> System.out.println(made.text());
			case NewTeamToken.Answer.Refused refused -> {
				System.err.println(refused.text());
				System.exit(WRONG_USAGE);
			}
		}
	}

}
