package io.htgateway.cache.disk;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The cache on disk.
 *
 * @param directory directory in which stored responses survive a restart; created if it
 * does not exist. Not used with Redis
 * @param directoryMaxSize maximum size of the files in the directory; the least recently
 * used ones are removed first
 */
@Validated
@ConfigurationProperties(prefix = "gateway.cache")
record DiskProperties(@Nullable Path directory, @DefaultValue("256MB") DataSize directoryMaxSize) {

	DiskProperties {
		if (directory != null && directory.toString().isBlank()) {
			throw new IllegalArgumentException(
					"gateway.cache.directory must be the name of a directory, such as /var/lib/gateway/cache");
		}
		if (directoryMaxSize.toMegabytes() < 1) {
			throw new IllegalArgumentException(
					"gateway.cache.directory-max-size must be at least 1MB, and is " + directoryMaxSize);
		}
	}

}
