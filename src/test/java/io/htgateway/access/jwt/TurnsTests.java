package io.htgateway.access.jwt;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Turns}.
 */
class TurnsTests {

	private final Turns<String> turns = new Turns<>();

	@Test
	void groupsAndTheirSubgroupsTakeTurns() {
		add("a", "x", 1, 2, 3);
		add("a", "y", 4);
		add("b", "x", 5, 6);

		assertThat(all()).containsExactly("a.x.1", "b.x.5", "a.y.4", "b.x.6", "a.x.2", "a.x.3");
	}

	@Test
	void groupThatComesBackIsBehindTheOthers() {
		add("a", "x", 1, 2);
		add("b", "x", 3, 4);
		assertThat(turns.poll()).isEqualTo("a.x.1");
		add("a", "x", 5);
		add("c", "x", 6);

		assertThat(all()).containsExactly("b.x.3", "a.x.2", "c.x.6", "b.x.4", "a.x.5");
	}

	@Test
	void newestOfTheLargestGroupIsRemoved() {
		add("a", "x", 1);
		add("b", "x", 2);
		add("b", "y", 3, 4);
		add("c", "x", 5);

		assertThat(turns.removeLast()).isEqualTo("b.y.4");
		assertThat(turns.removeLast()).isEqualTo("b.y.3");
		assertThat(turns.removeLast()).isEqualTo("c.x.5");
		assertThat(turns.size()).isEqualTo(2);
		assertThat(all()).containsExactly("a.x.1", "b.x.2");
	}

	@Test
	void emptyTurnsHaveNothing() {
		assertThat(turns.poll()).isNull();
		assertThat(turns.removeLast()).isNull();
		assertThat(turns.size()).isZero();
	}

	private void add(String group, String subgroup, int... numbers) {
		for (int number : numbers) {
			turns.add(List.of(group, subgroup), group + "." + subgroup + "." + number);
		}
	}

	private List<String> all() {
		return Stream.generate(turns::poll).limit(turns.size()).toList();
	}

}
