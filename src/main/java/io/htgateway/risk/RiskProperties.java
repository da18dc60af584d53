package io.htgateway.risk;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.htgateway.access.config.SegmentIds;
import io.htgateway.cache.load.CachePolicy;
import io.htgateway.failure.LoadFailures;
import io.htgateway.risk.list.RiskCalls;
import io.htgateway.settings.Lifetime;
import io.htgateway.traffic.Endpoint;
import io.htgateway.traffic.Tag;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Cohorts, and the cache policy of their lists.
 *
 * @param ttl freshness lifetime of a list; 0s means that every request is forwarded
 * @param staleWhileRevalidate how long after its lifetime a stale list is served while it
 * is reloaded in the background
 * @param staleIfError how long after its lifetime a stale list is served when a reload
 * fails
 * @param segments ids of the cohorts: numbers and ranges of numbers
 * @param followsState whether a list is fresh until the next state update of the
 * upstream, where that is known
 */
@Validated
@ConfigurationProperties(prefix = "gateway.risk")
record RiskProperties(@DefaultValue("5m") @Lifetime Duration ttl,
		@DefaultValue("10m") @Lifetime Duration staleWhileRevalidate,
		@DefaultValue("24h") @Lifetime Duration staleIfError,
		@DefaultValue("1-16") @NotEmpty List<@Pattern(regexp = RiskProperties.RANGE,
				message = "must be a number or a range like 1-16") String> segments,
		@DefaultValue("true") boolean followsState) {

	private static final String RANGE = "[0-9]{1,6}(-[0-9]{1,6})?";

	private static final Tag COHORT = new Tag("cohort", java.util.regex.Pattern.compile("[1-9][0-9]{0,8}"),
			"the number of a cohort");

	/**
	 * Greatest id of a cohort. The upstream has 16 and may add more.
	 */
	private static final int MAX_SEGMENT = 99;

	RiskProperties {
		segments = List.copyOf(segments);
		for (String range : segments) {
			if (range.matches(RANGE) && !contains(range, first(range))) {
				throw new IllegalArgumentException("gateway.risk.segments has " + range
						+ ", a range that ends before it starts: write the" + " smaller id first, such as 1-16");
			}
		}
		segments.stream()
			.filter((range) -> range.matches(RANGE) && !isWithinBounds(range))
			.findFirst()
			.ifPresent((wrong) -> {
				throw new IllegalArgumentException("gateway.risk.segments has " + wrong + ": ids must be from 1 to "
						+ MAX_SEGMENT + ", such as 1-16");
			});
	}

	/**
	 * Returns the name, path, cache policy and purge tags of this endpoint.
	 */
	Endpoint endpoint() {
		return new Endpoint(RiskCalls.NAME, RiskCalls.PATH, ttl, staleWhileRevalidate, staleIfError, List.of(COHORT),
				followsState);
	}

	/**
	 * Returns the cache policy of a cohort's list.
	 * @param deadline maximum duration of a load
	 */
	CachePolicy policy(Duration deadline) {
		return new CachePolicy(ttl, staleWhileRevalidate, staleIfError, deadline, LoadFailures::of);
	}

	private static boolean isWithinBounds(String range) {
		return first(range) >= 1 && last(range) <= MAX_SEGMENT;
	}

	/**
	 * Returns whether the given id is one of a configured cohort.
	 */
	boolean hasSegment(int id) {
		return segments.stream().anyMatch((range) -> contains(range, id));
	}

	/**
	 * Returns the ids of all configured cohorts.
	 */
	SegmentIds ids() {
		return new SegmentIds(
				IntStream.rangeClosed(1, MAX_SEGMENT).filter(this::hasSegment).boxed().collect(Collectors.toSet()),
				String.join(", ", segments));
	}

	private static boolean contains(String range, int id) {
		return id >= first(range) && id <= last(range);
	}

	private static int last(String range) {
		return Integer.parseInt(range.substring(range.indexOf('-') + 1));
	}

	private static int first(String range) {
		int dash = range.indexOf('-');
		return Integer.parseInt((dash < 0) ? range : range.substring(0, dash));
	}

}
