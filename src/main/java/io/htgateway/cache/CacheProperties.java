package io.htgateway.cache;

import java.time.Duration;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the cache.
 *
 * @param maxSize maximum memory for cached bodies; by default the least of 256MB, two
 * thirds of the off-heap memory, and the memory of the machine or container without the
 * heap and classes
 * @param softDeadline how long a request waits for a load before it gets a stale response
 * @param maxWaiters maximum number of requests that wait for one load
 * @param maxLoads maximum number of loads in flight
 * @param ttlJitter maximum random extension of a freshness lifetime, as a part of it;
 * keeps responses that were loaded together from expiring together
 */
@Validated
@ConfigurationProperties(prefix = "gateway.cache")
public record CacheProperties(@Nullable DataSize maxSize,
		@DefaultValue("1s") @DurationMin(millis = 1) Duration softDeadline,
		@DefaultValue("1000") @Min(1) int maxWaiters, @DefaultValue("64") @Min(1) int maxLoads,
		@DefaultValue("0.1") @DecimalMin("0.0") @DecimalMax("0.5") double ttlJitter) {

	public CacheProperties {
		if (maxSize != null && maxSize.toMegabytes() < 1) {
			throw new IllegalArgumentException("gateway.cache.max-size must be at least 1MB, and is " + maxSize);
		}
	}

	/**
	 * Returns the maximum memory for cached bodies in this JVM.
	 */
	public DataSize size() {
		return (maxSize != null) ? maxSize : MemoryLimits.ofThisJvm().defaultCache();
	}

	/**
	 * Returns the maximum memory for finished responses of hits beside a cache of the
	 * given size: a quarter of it.
	 */
	public static DataSize finished(DataSize size) {
		return DataSize.ofBytes(size.toBytes() / 4);
	}

}
