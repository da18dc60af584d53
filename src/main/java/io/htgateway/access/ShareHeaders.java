package io.htgateway.access;

/**
 * Items of a team's share of the upstream calls in the RateLimit headers, one for each
 * window, separated by commas.
 *
 * @param policy items of <code>RateLimit-Policy</code>, or empty if the team has no share
 * @param limit items of <code>RateLimit</code>, or empty if the team has no share
 */
public record ShareHeaders(String policy, String limit) {

	/**
	 * Those of a team without a share.
	 */
	public static final ShareHeaders NONE = new ShareHeaders("", "");

	/**
	 * Returns these items with those of another window.
	 * @param quota guaranteed calls
	 * @param windowSeconds length of the window
	 * @param left how many of the calls are left
	 * @param resetSeconds seconds until all of them are available again
	 */
	public ShareHeaders with(String window, long quota, long windowSeconds, long left, long resetSeconds) {
		String name = "\"upstream-" + window + '"';
		return and(name + ";q=" + quota + ";w=" + windowSeconds, name + ";r=" + left + ";t=" + resetSeconds);
	}

	/**
	 * Returns these items after the given ones.
	 */
	ShareHeaders after(String firstPolicy, String firstLimit) {
		return new ShareHeaders(firstPolicy, firstLimit).and(policy, limit);
	}

	private ShareHeaders and(String nextPolicy, String nextLimit) {
		return new ShareHeaders(joined(policy, nextPolicy), joined(limit, nextLimit));
	}

	private static String joined(String first, String second) {
		return (first.isEmpty() || second.isEmpty()) ? first + second : first + ", " + second;
	}

}
