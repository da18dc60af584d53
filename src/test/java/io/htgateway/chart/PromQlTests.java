package io.htgateway.chart;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether nothing that a query asks for is overlooked.
 */
class PromQlTests {

	@Test
	void seriesAreFoundWithTheirLabels() {
		PromQl query = PromQl.of("""
				sum by (a, b) (rate(one_total{x=~"p|q",y!="z"}[5m])) * $price / 1000
				/ on (c) max(two[1h]) > 1.05 and on (d) three or vector(1)
				""");

		assertThat(query.series()).containsExactlyInAnyOrder(
				new PromQl.Series("one_total", Map.of("x", "p|q", "y", "z")), new PromQl.Series("two", Map.of()),
				new PromQl.Series("three", Map.of()));
		assertThat(query.groups()).containsExactlyInAnyOrder("a", "b", "c", "d");
	}

}
