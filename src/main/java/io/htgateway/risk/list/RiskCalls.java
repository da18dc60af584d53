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
 * Makes the upstream calls for cohorts' lists.
 */
public final class RiskCalls {

	/**
	 * Name of the endpoint.
	 */
	public static final String NAME = "risk";

	/**
	 * Path template of the endpoint, of the gateway and of the upstream.
	 */
	public static final String PATH = "/api/external/{segmentId}/assets/liquidation-risk";

	private final UpstreamClient upstream;

	private final InstantSource clock;

	public RiskCalls(UpstreamClient upstream, InstantSource clock) {
		this.upstream = upstream;
		this.clock = clock;
	}

	/**
	 * Requests one block of a list.
	 * @param number 0 for the head
	 * @param refresh whether no client waits for the block, or a stale response can be
	 * served
	 */
	Mono<RiskBlock> block(int segment, int number, boolean refresh) {
		int offset = number * RiskBlock.SIZE;
		UpstreamRequest request = request(segment, refresh).with("offset", offset).with("limit", RiskBlock.SIZE);
		return upstream.fetchArray(request, RiskLayout.ITEMS).map((response) -> block(response, offset));
	}

	/**
	 * Requests the first page of a list without a limit, so that the upstream chooses its
	 * length.
	 */
	public Mono<RiskBlock> firstPage(int segment) {
		return upstream.fetchArray(request(segment, false), RiskLayout.ITEMS).map(this::read);
	}

	private static UpstreamRequest request(int segment, boolean refresh) {
		return UpstreamRequest.of(PATH, "segmentId", Integer.toString(segment)).refreshing(refresh);
	}

	// Off-heap, as in the cache, so that the item positions are those of the stored
	// bytes.
	private RiskBlock read(JsonResponse response) {
		return new RiskBlock(toCached(response).offHeap(), RiskLayout.of(response.envelope()));
	}

	// A block with fewer items than requested would end the list too early. Items beyond
	// the requested ones would never be served.
	private RiskBlock block(JsonResponse response, int offset) {
		RiskBlock block = read(response);
		Long total = block.total();
		long expected = Math.clamp((total != null) ? total - offset : block.size(), 0, RiskBlock.SIZE);
		if (block.size() != expected) {
			throw new UpstreamException.Malformed("a block of " + block.size() + " items, expected " + expected);
		}
		return block;
	}

	private CachedResponse toCached(JsonResponse response) {
		UpstreamResponse.Content content = response.content();
		return CachedResponse.of(content.body(), content.contentType(),
				new Origin(clock.instant(), content.age(), null, null, newLoad()));
	}

	// A random id, because several loads may return the same bytes.
	private static String newLoad() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

}
