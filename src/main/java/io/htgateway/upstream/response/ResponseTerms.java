package io.htgateway.upstream.response;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Conditions that the response of an endpoint must meet.
 *
 * @param links returns why a redirect to the given target is refused; null unless a file
 * is requested, which may be missing or elsewhere
 * @param declared whether configuration declares the endpoint: its path or format may be
 * wrong, so an unexpected response says less about the upstream
 * @param optional whether no response of the endpoint is a sign of a wrong upstream
 * @param maxSize largest body in bytes, or 0 for the limit of the upstream
 */
public record ResponseTerms(@Nullable Function<URI, Optional<String>> links, boolean declared, boolean optional,
		int maxSize) {

	/**
	 * Terms of data that always exists.
	 */
	public static final ResponseTerms DATA = new ResponseTerms(null, false, false, 0);

	/**
	 * Returns the same terms for a file.
	 * @param targets returns why the given target is refused
	 */
	public ResponseTerms ofFile(Function<URI, Optional<String>> targets) {
		return new ResponseTerms(targets, declared, optional, maxSize);
	}

	/**
	 * Returns the same terms for a declared endpoint.
	 * @param size largest body in bytes, or 0 for the limit of the upstream
	 */
	public ResponseTerms ofDeclared(int size) {
		return new ResponseTerms(links, true, optional, size);
	}

	/**
	 * Returns the same terms for an endpoint that the gateway can do without: whatever it
	 * answers is no sign of a wrong upstream.
	 * @param size largest body in bytes
	 */
	public ResponseTerms ofOptional(int size) {
		return new ResponseTerms(links, true, true, size);
	}

	boolean isFile() {
		return links != null;
	}

	boolean mayBeMissing() {
		return declared || links != null;
	}

	/**
	 * Returns the given sign of a wrong upstream, which is uncertain for a declared
	 * endpoint.
	 */
	WrongSign weigh(WrongSign sign) {
		return declared ? sign.inDoubt() : sign;
	}

}
