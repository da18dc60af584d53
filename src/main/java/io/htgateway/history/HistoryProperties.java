package io.htgateway.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The history of bodies that the upstream does not retain.
 *
 * @param enabled whether each distinct body of the recorded endpoints is stored
 * @param location where snapshots are stored: a folder such as /var/lib/gateway/history,
 * or s3://bucket/prefix
 * @param endpoints names of the recorded endpoints
 * @param retention age at which snapshots are removed
 * @param maxBacklog maximum memory for snapshots that wait to be stored
 * @param spool folder for snapshots that are not stored yet when the gateway stops; the
 * next start stores them
 */
@Validated
@ConfigurationProperties(prefix = "gateway.history")
public record HistoryProperties(@DefaultValue("false") boolean enabled, @Nullable String location, @DefaultValue( {
		"heatmap", "risk" }) List<String> endpoints, @DefaultValue("90d") @DurationMin(days = 1) Duration retention,
		@DefaultValue("16MB") DataSize maxBacklog, @Nullable Path spool){

	public HistoryProperties {
		endpoints = List.copyOf(endpoints);
		if (maxBacklog.toMegabytes() < 1) {
			throw new IllegalArgumentException(
					"gateway.history.max-backlog must be at least 1MB, and is " + maxBacklog);
		}
	}

}
