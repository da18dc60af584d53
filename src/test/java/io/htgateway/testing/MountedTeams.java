package io.htgateway.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.htgateway.secret.MountedSecret;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistrar;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * File with teams, mounted as in Kubernetes, that a test replaces while the gateway runs.
 * The gateway starts with the team research. Time passes only here.
 */
public final class MountedTeams {

	private final MountedSecret file;

	private final VirtualTimeScheduler time;

	private MountedTeams(MountedSecret file, VirtualTimeScheduler time) {
		this.file = file;
		this.time = time;
	}

	/**
	 * Replaces the file, and lets the time pass after which it applies.
	 */
	public void replace(String teams) {
		replace(teams, Duration.ofSeconds(10));
	}

	/**
	 * Replaces the file, and lets the given time pass.
	 */
	public void replace(String teams, Duration wait) {
		file.replace(teams);
		time.advanceTimeBy(wait);
	}

	/**
	 * Removes the file, and lets the given time pass.
	 */
	public void remove(Duration wait) {
		file.remove();
		time.advanceTimeBy(wait);
	}

	public Path path() {
		return file.path();
	}

	/**
	 * Configures the gateway to read its teams from the file.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	public static class Configuration {

		@Bean
		@Primary
		VirtualTimeScheduler time() {
			return VirtualTimeScheduler.create();
		}

		@Bean
		MountedTeams mountedTeams(VirtualTimeScheduler time) throws IOException {
			String first = new TeamsYaml().with("research", "research").toString();
			return new MountedTeams(new MountedSecret(Files.createTempDirectory("htgateway"), first), time);
		}

		@Bean
		DynamicPropertyRegistrar teamsFile(MountedTeams teams) {
			return (properties) -> properties.add("gateway.access.teams-file", teams::path);
		}

	}

}
