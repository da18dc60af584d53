package io.htgateway.heatmap;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How heatmaps are kept.
 *
 * @param ttl freshness lifetime of a heatmap; 0 means that every request is forwarded
 * @param staleWhileRevalidate how long behind its freshness a heatmap is answered at once
 * while it is loaded anew
 * @param staleIfError how long behind its freshness a heatmap is answered when it cannot
 * be loaded anew
 */
@Validated
@ConfigurationProperties(prefix = "gateway.heatmap")
record HeatmapProperties(@DefaultValue("5m") @DurationMin @DurationMax(days = 365) Duration ttl,
		@DefaultValue("10m") @DurationMin @DurationMax(days = 365) Duration staleWhileRevalidate,
		@DefaultValue("24h") @DurationMin @DurationMax(days = 365) Duration staleIfError) {
}
