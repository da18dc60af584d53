package io.htgateway.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Draws the random values that property-based tests are made of.
 */
public record Draw(Random random) {

	/**
	 * True in about the given percentage of all draws.
	 */
	public boolean chance(int percent) {
		return random.nextInt(100) < percent;
	}

	/**
	 * From 0 to less than the given bound.
	 */
	public int below(int bound) {
		return random.nextInt(bound);
	}

	/**
	 * One of the given values.
	 */
	@SafeVarargs
	public final <T> T of(T... values) {
		return values[random.nextInt(values.length)];
	}

	/**
	 * One of the given values.
	 */
	public <T> T of(List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

	/**
	 * Up to the given number of drawn values.
	 */
	public <T> List<T> some(int most, Supplier<T> value) {
		List<T> values = new ArrayList<>();
		for (int left = random.nextInt(most + 1); left > 0; left--) {
			values.add(value.get());
		}
		return values;
	}

	/**
	 * Up to the given number of drawn parts as one text.
	 */
	public String join(int most, Supplier<String> part) {
		return String.join("", some(most, part));
	}

	/**
	 * A text of a length within the given bounds, of characters of the given ones.
	 */
	public String text(String alphabet, int least, int most) {
		StringBuilder text = new StringBuilder();
		int length = least + random.nextInt(most - least + 1);
		while (text.length() < length) {
			text.append(alphabet.charAt(random.nextInt(alphabet.length())));
		}
		return text.toString();
	}

	/**
	 * One character of any kind, of one to four bytes in UTF-8.
	 */
	public String character() {
		int character = random.nextInt(1 << of(7, 8, 11, 16, 20));
		return Character.isSurrogate((char) character) && character < 0x10000 ? "\ufffd"
				: Character.toString(character);
	}

}
