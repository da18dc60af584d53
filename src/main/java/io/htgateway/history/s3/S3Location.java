package io.htgateway.history.s3;

import java.util.regex.Pattern;

/**
 * Location of snapshots in an object store, such as <code>s3://bucket/prefix</code>.
 *
 * @param bucket name of the bucket: 3 to 63 lower-case letters, digits, dots and hyphens
 * @param prefix prefix of all keys: empty, or parts that each end with a slash
 */
public record S3Location(String bucket, String prefix) {

	/**
	 * Scheme of all locations.
	 */
	public static final String SCHEME = "s3://";

	private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]*+(?:\\.[a-z0-9][a-z0-9-]*+)*");

	private static final Pattern PART = Pattern.compile("[A-Za-z0-9:._~=+-]+");

	private static final int SHORTEST_BUCKET = 3;

	private static final int LONGEST_BUCKET = 63;

	// Keys have up to 1,024 bytes, of which the name of a snapshot takes up to about 500.
	private static final int LONGEST_PREFIX = 400;

	public S3Location {
		if (!isBucket(bucket)) {
			throw invalid("has no valid name of a bucket: use 3 to 63 lower-case letters, digits, dots and hyphens");
		}
		checkPrefix(prefix);
	}

	/**
	 * Parses the given text.
	 * @throws IllegalArgumentException if the text is not a location. The message states
	 * the rule without the text, which may contain credentials by mistake.
	 */
	public static S3Location parse(String text) {
		if (!text.startsWith(SCHEME)) {
			throw invalid("does not begin with " + SCHEME);
		}
		String path = text.substring(SCHEME.length());
		if (path.contains("@")) {
			throw invalid("contains an @: credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile"
					+ " or a role");
		}
		if (path.contains("?") || path.contains("#")) {
			throw invalid(
					"contains a ? or #: the endpoint and the region come from AWS_ENDPOINT_URL_S3 and AWS_REGION");
		}
		int slash = path.indexOf('/');
		if (path.isEmpty() || slash == 0) {
			throw invalid("has no bucket");
		}
		String prefix = (slash < 0) ? "" : path.substring(slash + 1);
		return new S3Location((slash < 0) ? path : path.substring(0, slash),
				prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + '/');
	}

	private static boolean isBucket(String text) {
		return text.length() >= SHORTEST_BUCKET && text.length() <= LONGEST_BUCKET && !text.endsWith("-")
				&& BUCKET.matcher(text).matches();
	}

	private static void checkPrefix(String prefix) {
		if (prefix.length() > LONGEST_PREFIX) {
			throw invalid("has a prefix of more than " + LONGEST_PREFIX + " characters");
		}
		if (prefix.isEmpty()) {
			return;
		}
		if (!prefix.endsWith("/")) {
			throw invalid("has a prefix without a slash at its end");
		}
		for (String part : prefix.substring(0, prefix.length() - 1).split("/", -1)) {
			if (part.isEmpty()) {
				throw invalid("has two slashes in a row");
			}
			if (part.equals(".") || part.equals("..")) {
				throw invalid("has a part of the prefix that is . or ..");
			}
			if (!PART.matcher(part).matches()) {
				throw invalid("has a prefix with other characters than letters, digits and : . _ ~ = + - /");
			}
		}
	}

	private static IllegalArgumentException invalid(String problem) {
		return new IllegalArgumentException("the location " + problem + "; right is s3://bucket or s3://bucket/prefix");
	}

	/**
	 * Returns this location as a URL, without a slash at its end.
	 */
	@Override
	public String toString() {
		return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
	}

}
