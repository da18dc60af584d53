package io.htgateway.upstream.response;

import java.util.Set;

/**
 * Sign that <code>gateway.upstream.base-url</code> does not lead to HyperTracker's API,
 * but to another server or to no server.
 *
 * @param name short name from a fixed set, used in the health of the upstream
 * @param description clause about the server for operators, without secrets
 * @param answered whether a server answered the request
 * @param certain whether HyperTracker's API never answers like this
 */
public record WrongSign(String name, String description, boolean answered, boolean certain) {

	private static final String BLOCKED = "blocked";

	private static final Set<String> OUTAGES = Set.of("unknown-host", "connection-refused", "no-route",
			"connect-timeout", "tls-handshake");

	private static final Set<String> OF_REQUESTS = Set.of("not-found", "not-json", "redirect");

	private static final Set<String> REFUSALS = Set.of("not-found", "not-json");

	static WrongSign certain(String name, String description) {
		return new WrongSign(name, description, true, true);
	}

	static WrongSign possible(String name, String description) {
		return new WrongSign(name, description, true, false);
	}

	/**
	 * Creates the sign for a web page with which a firewall refuses a request.
	 */
	static WrongSign blocked(String description) {
		return possible(BLOCKED, description);
	}

	/**
	 * Returns whether no server could be reached, as during an outage.
	 */
	public boolean isOutage() {
		return OUTAGES.contains(name);
	}

	/**
	 * Returns whether a firewall between the gateway and the upstream may have refused
	 * the request.
	 */
	public boolean isBlocked() {
		return name.equals(BLOCKED);
	}

	/**
	 * Returns whether the request itself may be the reason, such as an unknown coin.
	 */
	public boolean isOfRequest() {
		return !certain && REFUSALS.contains(name);
	}

	/**
	 * Returns this sign for a request that may have been wrong: it is uncertain, unless
	 * it does not depend on the request, such as a web page or a proxy.
	 */
	WrongSign inDoubt() {
		return OF_REQUESTS.contains(name) ? new WrongSign(name, description, answered, false) : this;
	}

	static WrongSign unreachable(String name, String description) {
		return new WrongSign(name, description, false, true);
	}

}
