package io.htgateway.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;

/**
 * A reproducible series of values that keep their size from state to state and move by at
 * most three per cent.
 */
final class Drift {

	private static final long MOST = 10_000_000_000_000L;

	private final SplittableRandom steady;

	private final SplittableRandom moving;

	Drift(String name, long state) {
		this.steady = new SplittableRandom(name.hashCode());
		this.moving = new SplittableRandom(name.hashCode() * 1_000_003L + state);
	}

	/**
	 * A value that is the same in every state.
	 */
	int steady(int from, int to) {
		return this.steady.nextInt(from, to);
	}

	/**
	 * A part of thirty million, of the given weight and some chance.
	 */
	BigDecimal share(double weight, int scale) {
		double most = 30_000_000 * weight * Math.pow(this.steady.nextDouble(0.25, 1), 2);
		return BigDecimal.valueOf(most * this.moving.nextInt(970, 1_031) / 1_000).setScale(scale, RoundingMode.HALF_UP);
	}

	/**
	 * An amount of any magnitude.
	 */
	BigDecimal amount(int scale) {
		long base = this.steady.nextLong(10_000, MOST >> this.steady.nextInt(24));
		return BigDecimal.valueOf(base * this.moving.nextLong(970, 1_031) / 1_000, scale);
	}

}
