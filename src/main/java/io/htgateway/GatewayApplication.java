package io.htgateway;

import io.htgateway.access.config.NewTeamToken;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * Entry point of the gateway, a Spring Boot service between an organisation's teams and
 * HyperTracker.
 */
// META-INF/spring lists the imported auto-configurations under the name of this class.
// All others on the class path are left out, which shortens the start. The Redis and
// OpenTelemetry features import their own when they are enabled. Health must not depend
// on Redis: an outage of Redis would take all replicas out of service at once.
@SpringBootConfiguration
@AutoConfigurationPackage
@ImportAutoConfiguration
@ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class GatewayApplication {

	private static final int WRONG_USAGE = 2;

	public static void main(String[] args) {
		NewTeamToken.run(args).ifPresentOrElse(GatewayApplication::print, () -> run(args));
	}

	private static void run(String[] args) {
		SpringApplication.run(GatewayApplication.class, args);
	}

	private static void print(NewTeamToken.Result result) {
		switch (result) {
			case NewTeamToken.Result.Created created -> System.out.println(created.text());
			case NewTeamToken.Result.WrongUsage wrong -> {
				System.err.println(wrong.text());
				System.exit(WRONG_USAGE);
			}
		}
	}

}
