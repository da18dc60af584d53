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
 * The bounds of the cache.
 *
 * @param maxSize most memory that cached bodies take together; without it 256MB, or less
 * where three quarters of the memory off the heap, or what the machine has beside the
 * heap and classes, are less
 * @param softDeadline how long a request waits for a load before it is answered stale
 * @param maxWaiters most requests that wait for one load
 * @param maxLoads most loads that are under way at the same time
 * @param ttlJitter largest part of a freshness lifetime that is added to it by chance, so
 * that what was loaded together does not expire together
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
	 * Returns the most memory that cached bodies take together, in this JVM.
	 */
	public DataSize size() {
		return (maxSize != null) ? maxSize : MemoryLimits.ofThisJvm().defaultCache();
	}

}
