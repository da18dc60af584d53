package io.htgateway.upstream.response;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's answer may be.
 *
 * @param links returns why a redirect to the given target is refused, where a file is
 * requested, which may also not exist; null where the path always has data
 * @param declared whether configuration declares the endpoint: its path may not exist and
 * its kind may be wrong, which says nothing of the upstream
 * @param maxSize bytes of the largest body, or 0 for that of the upstream
 */
public record ResponseTerms(@Nullable Function<URI, Optional<String>> links, boolean declared, int maxSize) {

	/**
	 * Data that always exists.
	 */
	public static final ResponseTerms DATA = new ResponseTerms(null, false, 0);

	/**
	 * Returns the same terms for a file.
	 * @param targets returns why a file from the given target is refused
	 */
	public ResponseTerms ofFile(Function<URI, Optional<String>> targets) {
		return new ResponseTerms(targets, declared, maxSize);
	}

	/**
	 * Returns the same terms for a declared endpoint.
	 * @param size bytes of the largest body, or 0 for that of the upstream
	 */
	public ResponseTerms ofDeclared(int size) {
		return new ResponseTerms(links, true, size);
	}

	boolean isFile() {
		return links != null;
	}

	boolean mayBeMissing() {
		return declared || links != null;
	}

	/**
	 * Returns the given sign, as far as an answer to such a request can be one.
	 */
	WrongSign weigh(WrongSign sign) {
		return declared ? sign.inDoubt() : sign;
	}

}
