package io.htgateway.download;

import java.util.regex.Pattern;

/**
 * Hosts of Amazon S3 that serve objects of buckets: the endpoints of a region, dual
 * stack, FIPS, the older global ones and acceleration, each alone (path style) or with a
 * bucket's name in front. Anybody can run machines, load balancers and functions below
 * <code>amazonaws.com</code>, so the domain alone proves nothing.
 */
final class S3Hosts {

	/**
	 * Value of the property that includes all of them. It cannot be a host.
	 */
	static final String NAME = "aws:s3";

	private static final String BUCKET = "(?:[a-z0-9][a-z0-9-]*\\.)*";

	private static final String REGION = "(?!cn-)[a-z]{2,4}(?:-[a-z]+){1,3}-[0-9]{1,2}";

	private static final String GLOBAL = "s3|s3-external-1|s3-accelerate(?:\\.dualstack)?";

	private static final String REGIONAL = "s3(?:-fips)?(?:\\.dualstack)?\\." + REGION + "|s3-(?:fips-)?" + REGION;

	private static final Pattern HOST = Pattern.compile(BUCKET + "(?:(?:" + GLOBAL + "|" + REGIONAL
			+ ")\\.amazonaws\\.com|s3(?:\\.dualstack)?\\.cn-[a-z]+-[0-9]" + "\\.amazonaws\\.com\\.cn)");

	private S3Hosts() {
	}

	/**
	 * Returns whether the given name, in lower case, is one of them.
	 */
	static boolean contains(String name) {
		return name.length() <= 253 && HOST.matcher(name).matches();
	}

}
