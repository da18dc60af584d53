package io.htgateway.risk.list;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.testing.Draw;
import io.htgateway.testing.RandomJson;
import io.htgateway.upstream.json.JsonEnvelope;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of {@link RiskList}: a page is the text that the upstream would
 * have sent for it.
 */
@Tag("fuzz")
class RiskListFuzzTests {

	/**
	 * A list in one or two blocks, and a page of it. If there are two blocks, the first
	 * one has at least two items.
	 */
	record Page(String head, List<String> blanks, String tail, List<String> items, int cut, int offset, int limit) {

		String expected() {
			List<String> page = items.stream().skip(offset).limit(limit).toList();
			return (page.isEmpty() && !items.isEmpty()) ? head + tail : write(page);
		}

		String write(List<String> some) {
			String separator = blanks.get(1) + "," + blanks.get(2);
			return head + blanks.get(0) + String.join(separator, some) + blanks.get(3) + tail;
		}

	}

	@Property
	void pageIsAsUpstreamWouldWriteIt(@ForAll("pages") Page page) {
		RiskBlock head = block(page.write(page.items().subList(0, page.cut())));
		RiskList list = new RiskList((page.cut() == page.items().size()) ? List.of(head)
				: List.of(head, block(page.write(page.items().subList(page.cut(), page.items().size())))));

		assertThat(new String(list.page(page.offset(), page.limit()), StandardCharsets.UTF_8))
			.isEqualTo(page.expected());
	}

	@Provide
	Arbitrary<Page> pages() {
		return Arbitraries.randomValue((random) -> page(new Draw(random)));
	}

	private static Page page(Draw draw) {
		RandomJson json = new RandomJson(draw);
		List<String> items = draw.some(7, () -> json.value(1));
		int cut = (items.size() < 3 || draw.chance(50)) ? items.size() : 2 + draw.below(items.size() - 2);
		String head = "{" + draw.of("", "\"caf\u00e9\":" + json.value(1) + ",") + "\"items\":" + json.blank() + "[";
		String tail = "]" + draw.of("", ",\"totalCount\":" + json.value(1)) + json.blank() + "}" + json.blank();
		return new Page(head, Stream.generate(json::blank).limit(4).toList(), tail, items, cut, draw.below(11),
				1 + draw.below(11));
	}

	private static RiskBlock block(String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		return new RiskBlock(CachedResponse.of(body, "application/json", Origin.of(Instant.EPOCH, Duration.ZERO)),
				RiskLayout.of(JsonEnvelope.of(body)));
	}

}
