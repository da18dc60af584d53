package io.htgateway.risk;

import java.time.InstantSource;

import io.htgateway.cache.CachedResponse;
import io.htgateway.cache.Origin;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamResponse;
import io.htgateway.upstream.json.JsonAnswer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The upstream calls that read cohorts' lists.
 */
final class RiskCalls {

	static final String NAME = "risk";

	static final String PATH = "/api/external/{segmentId}/assets/liquidation-risk";

	private static final String TOTAL = "totalCount";

	private final UpstreamClient upstream;

	private final InstantSource clock;

	RiskCalls(UpstreamClient upstream, InstantSource clock) {
		this.upstream = upstream;
		this.clock = clock;
	}

	/**
	 * One block of a list, the head being number 0.
	 * @param previous what it replaces, if that is cached
	 */
	Mono<RiskBlock> block(int segment, int number, @Nullable CachedResponse previous) {
		int offset = number * RiskBlock.SIZE;
		UpstreamRequest request = request(segment, previous).with("offset", offset).with("limit", RiskBlock.SIZE);
		return upstream.fetchArray(request, RiskBlock.ITEMS).map((answer) -> block(answer, offset));
	}

	/**
	 * A page whose length the upstream chooses.
	 * @param previous what it replaces, if that is cached
	 */
	Mono<CachedResponse> unlimited(int segment, int offset, @Nullable CachedResponse previous) {
		UpstreamRequest request = request(segment, previous);
		UpstreamRequest page = (offset == 0) ? request : request.with("offset", offset);
		return upstream.fetchArray(page, RiskBlock.ITEMS).map(this::response);
	}

	private static UpstreamRequest request(int segment, @Nullable CachedResponse previous) {
		return UpstreamRequest.of(PATH, "segmentId", Integer.toString(segment)).refreshing(previous != null);
	}

	// Off-heap as it is stored, so that its positions are those of what is stored. An
	// upstream that gives fewer items than it was asked for must not end the list, and
	// what is behind those that were asked for would never be seen.
	private RiskBlock block(JsonAnswer answer, int offset) {
		RiskBlock block = new RiskBlock(response(answer).offHeap(), answer.envelope().array(RiskBlock.ITEMS));
		Long total = answer.envelope().integers().get(TOTAL);
		long expected = Math.clamp((total != null) ? total - offset : block.size(), 0, RiskBlock.SIZE);
		if (block.size() != expected) {
			throw new UpstreamException.Malformed("a block of " + block.size() + " items in place of " + expected);
		}
		return block;
	}

	private CachedResponse response(JsonAnswer answer) {
		UpstreamResponse.Content content = answer.content();
		return CachedResponse.of(content.body(), content.contentType(), Origin.of(clock.instant(), content.age()));
	}

}
