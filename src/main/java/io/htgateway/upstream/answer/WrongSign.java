package io.htgateway.upstream.answer;

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

	static WrongSign certain(String name, String words) {
		return new WrongSign(name, words, true, true);
	}

	static WrongSign possible(String name, String words) {
		return new WrongSign(name, words, true, false);
	}

	static WrongSign unreachable(String name, String words) {
		return new WrongSign(name, words, false, true);
	}

}
