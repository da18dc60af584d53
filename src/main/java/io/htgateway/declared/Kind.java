package io.htgateway.declared;

/**
 * What the upstream answers at a declared endpoint.
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
	 * A file: a redirect to it, JSON with a link to it, or the file itself. Compressed
	 * files are answered decompressed.
	 */
	FILE

}
