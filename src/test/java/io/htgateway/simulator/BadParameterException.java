package io.htgateway.simulator;

/**
 * A query parameter that the API refuses.
 */
final class BadParameterException extends RuntimeException {

	private final String fault;

	BadParameterException(String fault) {
		super(fault);
		this.fault = fault;
	}

	String fault() {
		return this.fault;
	}

}
