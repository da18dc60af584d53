package io.htgateway.ops;

import java.util.List;
import java.util.regex.Pattern;

import io.htgateway.cache.Subjects;
import io.htgateway.traffic.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads which responses an operator means.
 */
@Component
final class Selections {

	private static final Pattern COHORT = Pattern.compile("[1-9][0-9]{0,8}");

	private static final Pattern COIN = Pattern.compile("([A-Za-z0-9]{1,24}:)?[A-Za-z0-9]{1,24}");

	private final List<String> endpoints;

	Selections(List<Endpoint> endpoints) {
		this.endpoints = endpoints.stream().map(Endpoint::name).sorted().toList();
	}

	Selection of(@Nullable String endpoint, @Nullable String cohort, @Nullable String coin) {
		if (endpoint == null && cohort == null && coin == null) {
			return new Selection.Refused("one of endpoint, cohort and coin must be given");
		}
		if (endpoint != null && !endpoints.contains(endpoint)) {
			return new Selection.Refused("endpoint must be one of " + String.join(", ", endpoints));
		}
		if (cohort != null && !COHORT.matcher(cohort).matches()) {
			return new Selection.Refused("cohort must be the number of a cohort");
		}
		if (coin != null && !COIN.matcher(coin).matches()) {
			return new Selection.Refused("coin must be a symbol, with its dex prefix if it has one");
		}
		return new Selection.Meant(new Subjects(endpoint, cohort, coin));
	}

}
