package io.htgateway.budget;

/**
 * Part of the minute that a replica may use without the ledger. The parts of all replicas
 * are a twentieth of the limit, and at least one call for each replica, unless these
 * would be more than a quarter of the limit. The ledger never grants these calls. A
 * single replica needs no part: it knows all calls.
 */
public final class FallbackPart {

	private static final int PARTS = 20;

	private static final int MAX_PARTS = 4;

	private FallbackPart() {
	}

	/**
	 * Returns the calls of one replica in any minute.
	 * @param replicas number of replicas, at least 1
	 */
	public static long ofOne(long limit, int replicas) {
		if (replicas == 1 || replicas > limit / MAX_PARTS) {
			return 0;
		}
		return Math.max(1, limit / PARTS / replicas);
	}

	/**
	 * Returns the calls of all replicas in any minute.
	 * @param replicas number of replicas, at least 1
	 */
	public static long ofAll(long limit, int replicas) {
		return ofOne(limit, replicas) * replicas;
	}

}
