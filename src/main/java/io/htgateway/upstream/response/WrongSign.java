package io.htgateway.upstream.response;

import java.util.Set;

/**
 * Sign that <code>gateway.upstream.base-url</code> leads elsewhere than to HyperTracker's
 * API, or nowhere.
 *
 * @param name one of a few words, as in the health of the upstream
 * @param words a clause about the server, for operators, without anything secret
 * @param answered whether a server answered the request
 * @param certain whether the API itself can give no such answer
 */
public record WrongSign(String name, String words, boolean answered, boolean certain) {

	private static final String BLOCKED = "blocked";

	private static final Set<String> OUTAGES = Set.of("unknown-host", "connection-refused", "no-route",
			"connect-timeout", "tls-handshake");

	private static final Set<String> OF_REQUESTS = Set.of("not-found", "not-json", "redirect");

	private static final Set<String> REFUSALS = Set.of("not-found", "not-json");

	static WrongSign certain(String name, String words) {
		return new WrongSign(name, words, true, true);
	}

	static WrongSign possible(String name, String words) {
		return new WrongSign(name, words, true, false);
	}

	/**
	 * Returns the sign of a page with which a firewall refuses a request.
	 */
	static WrongSign blocked(String words) {
		return possible(BLOCKED, words);
	}

	/**
	 * Returns whether no server could be reached, as in an outage.
	 */
	public boolean isOutage() {
		return OUTAGES.contains(name);
	}

	/**
	 * Returns whether a firewall on the way may have refused the request.
	 */
	public boolean isBlocked() {
		return name.equals(BLOCKED);
	}

	/**
	 * Returns whether the request itself may have been the reason, such as a coin that
	 * does not exist.
	 */
	public boolean isOfRequest() {
		return !certain && REFUSALS.contains(name);
	}

	/**
	 * Returns the same sign where the request may have been wrong. A web page or a proxy
	 * is a certain sign all the same.
	 */
	WrongSign inDoubt() {
		return OF_REQUESTS.contains(name) ? new WrongSign(name, words, answered, false) : this;
	}

	static WrongSign unreachable(String name, String words) {
		return new WrongSign(name, words, false, true);
	}

}
