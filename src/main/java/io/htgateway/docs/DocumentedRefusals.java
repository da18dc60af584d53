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
final class DocumentedRefusals {

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
		boolean cohorts = endpoint.route().contains("{segmentId}");
		Extent named = new Extent.Named(List.of(cohorts ? "3" : "ETH"), false);
		return RIGHTS
			.refusal(TEAM, new Scope(endpoint.name(), cohorts ? Extent.NONE : named, cohorts ? named : Extent.NONE))
			.orElseThrow();
	}

}
