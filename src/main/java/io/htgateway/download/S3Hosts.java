package io.htgateway.download;

import java.util.regex.Pattern;

/**
 * The hosts of Amazon S3 that serve objects of buckets: the endpoints of a region, dual
 * stack, FIPS, the older global ones and acceleration, each as it is (path style) or
 * below a bucket's name. Below <code>amazonaws.com</code> there are also machines, load
 * balancers and functions of anybody, so the domain alone proves nothing.
 */
final class S3Hosts {

	/**
	 * What the property has for all of them. It cannot be a host.
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
	 * Whether the given name in lower case is one of them.
	 */
	static boolean contains(String name) {
		return name.length() <= 253 && HOST.matcher(name).matches();
	}

}
