package io.htgateway.declared;

/**
 * Kind of the upstream's response at a declared endpoint.
 */
enum Kind {

	/**
	 * One complete JSON object or array.
	 */
	JSON,

	/**
	 * Text, such as CSV.
	 */
	TEXT,

	/**
	 * A file: a redirect to it, JSON with a link to it, or the file itself. Callers
	 * receive the file, decompressed.
	 */
	FILE

}
