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
		return new SteadyClock(InstantSource.system(), System::nanoTime);
	}

	// A clock of another type is used for dates too.
	@Bean
	Dates dates(InstantSource clock) {
		return Dates.of((clock instanceof SteadyClock) ? new CalendarClock(clock, InstantSource.system()) : clock);
	}

}
