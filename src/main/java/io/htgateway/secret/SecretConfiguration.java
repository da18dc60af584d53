package io.htgateway.secret;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Configures the thread that polls files with secrets.
 */
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

	private static final int MAX_FILES = 100;

	private static final int IDLE_SECONDS = 60;

	@Bean(destroyMethod = "dispose")
	Scheduler secretFileScheduler() {
		return Schedulers.newBoundedElastic(1, MAX_FILES, "secret-files", IDLE_SECONDS, true);
	}

}
