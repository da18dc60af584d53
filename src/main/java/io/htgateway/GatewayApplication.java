package io.htgateway;

import io.htgateway.teams.NewTeamToken;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The gateway: one Spring Boot service between an organisation's teams and HyperTracker.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

	public static void main(String[] args) {
		NewTeamToken.answer(args)
			.ifPresentOrElse(System.out::println, () -> SpringApplication.run(GatewayApplication.class, args));
	}

}
