package io.htgateway.state;

import java.time.InstantSource;
import java.util.List;

import io.htgateway.time.Dates;
import io.htgateway.traffic.Endpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the state clock and the endpoints that follow it.
 */
@EnableConfigurationProperties(StateProperties.class)
@Configuration(proxyBeanMethods = false)
class StateConfiguration {

	@Bean
	StateClock stateClock(InstantSource clock, Dates dates) {
		return new StateClock(clock, dates);
	}

	@Bean
	Followers stateFollowers(List<Endpoint> endpoints, StateClock stateClock, InstantSource clock, Dates dates) {
		return new Followers(endpoints, stateClock, clock, dates);
	}

	@Bean
	StateMeters stateMeters(StateClock stateClock, Followers stateFollowers, InstantSource clock) {
		return new StateMeters(stateClock, stateFollowers, clock);
	}

}
