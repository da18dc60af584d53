package io.htgateway.time;

import java.time.InstantSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the clocks.
 */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

	@Bean
	@ConditionalOnMissingBean
	InstantSource clock() {
		InstantSource wall = InstantSource.system();
		return new AgeClock(new SteadyClock(wall, System::nanoTime), wall);
	}

	@Bean
	Dates dates(InstantSource clock) {
		return Dates.of(clock);
	}

}
