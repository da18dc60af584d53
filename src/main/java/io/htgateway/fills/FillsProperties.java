package io.htgateway.fills;

import java.time.Duration;
import java.util.List;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.settings.Lifetime;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Cache policy of fills.
 *
 * @param ttl freshness lifetime of a response; 0s means that every request is forwarded
 * @param settledAfter time after the end of a range from which its fills do not change
 * @param settledTtl freshness lifetime of fills that do not change, at most 7d; 0s means
 * that they have the ttl of the others
 */
@Validated
@ConfigurationProperties(prefix = "gateway.fills")
record FillsProperties(@DefaultValue("1s") @Lifetime Duration ttl,
		@DefaultValue("1h") @DurationMin(minutes = 1) @DurationMax(days = 90) Duration settledAfter,
		@DefaultValue("7d") @Lifetime @DurationMax(days = 7) Duration settledTtl) {

	private static final Tag COIN = new Tag("coin", RequestParameters.COIN,
			"a symbol, with its dex prefix if it has one");

	/**
	 * Returns the name, path, cache policy and purge tags of this endpoint.
	 */
	Endpoint endpoint() {
		return new Endpoint(FillsQuery.NAME, FillsQuery.PATH, ttl, List.of(COIN));
	}

}
