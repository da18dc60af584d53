package io.htgateway.cache;

import jakarta.validation.constraints.AssertTrue;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of the cache.
 *
 * @param maxSize most memory that cached bodies take together
 */
@Validated
@ConfigurationProperties(prefix = "gateway.cache", ignoreUnknownFields = false)
public record CacheProperties(@DefaultValue("256MB") DataSize maxSize) {

	@AssertTrue(message = "must be at least 1MB")
	boolean isMaxSize() {
		return maxSize.toMegabytes() >= 1;
	}

}
