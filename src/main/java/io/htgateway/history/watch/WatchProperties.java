package io.htgateway.history.watch;

import java.util.List;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The watch list of the history.
 *
 * @param watch keys that are loaded with each state update though nobody requests them,
 * such as heatmap/BTC and risk/5
 * @param maxShare largest part of the plan's calls that the watch list may cause, from
 * 0.01 to 0.5
 */
@Validated
@ConfigurationProperties(prefix = "gateway.history")
record WatchProperties(@DefaultValue List<String> watch,
		@DefaultValue("0.1") @DecimalMin("0.01") @DecimalMax("0.5") double maxShare) {

	static final String WATCH = "gateway.history.watch";

	static final String SHARE = "gateway.history.max-share";

	static final double LARGEST_SHARE = 0.5;

	WatchProperties {
		watch = List.copyOf(watch);
	}

}
