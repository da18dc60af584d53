package io.htgateway.risk.list;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.json.JsonResponse;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * The upstream calls that read cohorts' lists.
 */
public final class RiskCalls {

	public static final String NAME = "risk";

	public static final String PATH = "/api/external/{segmentId}/assets/liquidation-risk";

	private final UpstreamClient upstream;

	private final InstantSource clock;

	public RiskCalls(UpstreamClient upstream, InstantSource clock) {
		this.upstream = upstream;
		this.clock = clock;
	}

	/**
	 * One block of a list, the head being number 0.
	 * @param refresh whether no client waits for it, or something stale can be answered
	 */
	Mono<RiskBlock> block(int segment, int number, boolean refresh) {
		int offset = number * RiskBlock.SIZE;
		UpstreamRequest request = request(segment, refresh).with("offset", offset).with("limit", RiskBlock.SIZE);
		return upstream.fetchArray(request, RiskLayout.ITEMS).map((answer) -> block(answer, offset));
	}

	/**
	 * Requests the first page of a list, whose length the upstream chooses.
	 */
	public Mono<RiskBlock> firstPage(int segment) {
		return upstream.fetchArray(request(segment, false), RiskLayout.ITEMS).map(this::read);
	}

	private static UpstreamRequest request(int segment, boolean refresh) {
		return UpstreamRequest.of(PATH, "segmentId", Integer.toString(segment)).refreshing(refresh);
	}

	// Off-heap as it is stored, so that its positions are those of what is stored.
	private RiskBlock read(JsonResponse answer) {
		return new RiskBlock(response(answer).offHeap(), RiskLayout.of(answer.envelope()));
	}

	// An upstream that gives fewer items than it was asked for must not end the list, and
	// what is behind those that were asked for would never be seen.
	private RiskBlock block(JsonResponse answer, int offset) {
		RiskBlock block = read(answer);
		Long total = block.total();
		long expected = Math.clamp((total != null) ? total - offset : block.size(), 0, RiskBlock.SIZE);
		if (block.size() != expected) {
			throw new UpstreamException.Malformed("a block of " + block.size() + " items instead of " + expected);
		}
		return block;
	}

	private CachedResponse response(JsonResponse answer) {
		UpstreamResponse.Content content = answer.content();
		return CachedResponse.of(content.body(), content.contentType(),
				new Origin(clock.instant(), content.age(), null, null, newLoad()));
	}

	// A random name, since many loads may return the same bytes.
	private static String newLoad() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

}
