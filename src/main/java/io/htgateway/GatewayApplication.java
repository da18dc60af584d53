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
 * The gateway: one Spring Boot service between an organisation's teams and HyperTracker.
 */
// What is imported is listed in META-INF/spring, under the name of this class: what else
// is on the class path takes no part, and no time of the start. Redis and OpenTelemetry
// are imported by those who need them, where they are enabled. Health must not depend on
// Redis: without it, all replicas would be taken away at once.
@SpringBootConfiguration
@AutoConfigurationPackage
@ImportAutoConfiguration
@ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class GatewayApplication {

	private static final int WRONG_USAGE = 2;

	public static void main(String[] args) {
		NewTeamToken.answer(args).ifPresentOrElse(GatewayApplication::say, () -> run(args));
	}

	private static void run(String[] args) {
		SpringApplication.run(GatewayApplication.class, args);
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
