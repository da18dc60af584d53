package io.htgateway.shared;

/**
 * The names of keys and channels in Redis. They have the version of the format of all
 * that is stored: another one finds nothing of this, and breaks nothing.
 *
 * @param prefix what all names begin with
 */
public record KeyNames(String prefix) {

	private static final String FORMAT = "1";

	/**
	 * The key of the given name, which is alone.
	 */
	public String of(String name) {
		return prefix + ':' + FORMAT + ':' + name;
	}

	/**
	 * The key of the given kind in a group that is in one hash slot of a cluster.
	 */
	public String of(String group, String kind) {
		return prefix + ':' + FORMAT + ":{" + group + "}:" + kind;
	}

}
