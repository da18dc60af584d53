package io.htgateway.docs;

import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Rights;
import io.htgateway.access.Scope;
import io.htgateway.access.TeamRefusal;
import io.htgateway.traffic.Endpoint;

/**
 * Examples of refusals of requests for endpoints, coins and cohorts that a team may not
 * read.
 */
public final class DocumentedRefusals {

	private static final String TEAM = "research";

	private static final Rights RIGHTS = Rights.of(null, List.of("BTC", "SOL"), List.of("5", "7"));

	private DocumentedRefusals() {
	}

	/**
	 * Returns the refusal of the endpoint of the given name.
	 */
	static TeamRefusal ofEndpoint(String endpoint) {
		return new TeamRefusal.EndpointNotAllowed(TEAM, endpoint, endpoint.equals("risk") ? "fills" : "risk");
	}

	/**
	 * Returns the refusal of a coin, or of a cohort if requests for the given endpoint
	 * name one.
	 */
	static TeamRefusal ofData(Endpoint endpoint) {
		return endpoint.route().contains("{segmentId}")
				? of(new Scope(endpoint.name(), Extent.NONE, new Extent.Named(List.of("3"), false)))
				: ofCoin(endpoint.name());
	}

	/**
	 * Returns the refusal of a coin in the endpoint of the given name.
	 */
	public static TeamRefusal ofCoin(String endpoint) {
		return of(new Scope(endpoint, new Extent.Named(List.of("ETH"), false), Extent.NONE));
	}

	private static TeamRefusal of(Scope scope) {
		return RIGHTS.refusal(TEAM, scope).orElseThrow();
	}

}
