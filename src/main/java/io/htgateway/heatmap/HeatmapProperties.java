package io.htgateway.heatmap;

import java.time.Duration;
import java.util.List;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.settings.Lifetime;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Cache policy of heatmaps.
 *
 * @param ttl freshness lifetime of a heatmap; 0s means that every request is forwarded
 * @param staleWhileRevalidate how long after its lifetime a stale heatmap is served while
 * it is reloaded in the background
 * @param staleIfError how long after its lifetime a stale heatmap is served when a reload
 * fails
 * @param followsState whether a heatmap is fresh until the next state update of the
 * upstream, where that is known
 */
@Validated
@ConfigurationProperties(prefix = "gateway.heatmap")
record HeatmapProperties(@DefaultValue("5m") @Lifetime Duration ttl,
		@DefaultValue("10m") @Lifetime Duration staleWhileRevalidate,
		@DefaultValue("24h") @Lifetime Duration staleIfError, @DefaultValue("true") boolean followsState) {

	private static final Tag COIN = new Tag("coin", RequestParameters.COIN,
			"a symbol, with its dex prefix if it has one");

	/**
	 * Returns the name, path, cache policy and purge tags of this endpoint.
	 */
	Endpoint endpoint() {
		return new Endpoint(HeatmapEndpoint.NAME, HeatmapEndpoint.PATH, ttl, staleWhileRevalidate, staleIfError,
				List.of(COIN), followsState);
	}

}
