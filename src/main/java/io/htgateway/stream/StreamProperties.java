package io.htgateway.stream;

import java.time.Duration;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Streams of liquidation fills.
 *
 * @param enabled whether callers can stream fills
 * @param interval time between two polls of the upstream while somebody listens, from 5s
 * to 1h; longer if the plan's share is not enough
 * @param maxShare largest part of the plan's calls that the polls may cause, from 0.01 to
 * 0.5
 * @param maxBuffer bytes of the latest fills that are retained for listeners that resume,
 * from 4MB to 256MB
 * @param maxStreams most open streams of each replica, from 1 to 10000
 * @param maxStreamsPerTeam most open streams of one team at each replica, from 1 to 10000
 */
@Validated
@ConfigurationProperties(prefix = "gateway.stream")
public record StreamProperties(@DefaultValue("false") boolean enabled,
		@DefaultValue("60s") @DurationMin(seconds = 5) @DurationMax(hours = 1) Duration interval,
		@DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("0.5") double maxShare,
		@DefaultValue("16MB") DataSize maxBuffer, @DefaultValue("2000") @Min(1) @Max(10_000) int maxStreams,
		@DefaultValue("100") @Min(1) @Max(10_000) int maxStreamsPerTeam) {

	private static final DataSize SMALLEST = DataSize.ofMegabytes(4);

	private static final DataSize LARGEST = DataSize.ofMegabytes(256);

	public StreamProperties {
		if (maxBuffer.compareTo(SMALLEST) < 0 || maxBuffer.compareTo(LARGEST) > 0) {
			throw new IllegalArgumentException(
					"gateway.stream.max-buffer must be from 4MB to 256MB, and is " + maxBuffer);
		}
	}

}
