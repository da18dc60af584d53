package io.htgateway.download;

import java.util.regex.Pattern;

/**
 * Hosts of Amazon S3 that serve objects of buckets: regional endpoints, dual-stack, FIPS,
 * the older global ones and acceleration, each alone (path style) or after the name of a
 * bucket. The domain alone proves nothing, because anybody can run machines, load
 * balancers and functions under <code>amazonaws.com</code>.
 */
final class S3Hosts {

	/**
	 * Value in <code>gateway.downloads.allowed-hosts</code> that allows all of them. No
	 * host can have this name.
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
	 * Returns whether the given host name is one of them.
	 * @param name in lower case
	 */
	static boolean contains(String name) {
		return name.length() <= 253 && HOST.matcher(name).matches();
	}

}
