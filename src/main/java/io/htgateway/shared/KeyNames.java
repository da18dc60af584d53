package io.htgateway.shared;

/**
 * The names of keys and channels in Redis. They contain the version of the data format,
 * so that versions with different formats do not read each other's data.
 *
 * @param prefix prefix of all names
 */
public record KeyNames(String prefix) {

	private static final String FORMAT = "1";

	/**
	 * Returns the name of a key or channel of its own.
	 */
	public String of(String name) {
		return prefix + ':' + FORMAT + ':' + name;
	}

	/**
	 * Returns the name of a key in a group. All keys of a group are in one hash slot of a
	 * cluster.
	 * @param kind name of the key within the group
	 */
	public String of(String group, String kind) {
		return prefix + ':' + FORMAT + ":{" + group + "}:" + kind;
	}

}
