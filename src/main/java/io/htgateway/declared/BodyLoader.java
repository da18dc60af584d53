package io.htgateway.declared;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import io.htgateway.upstream.json.CompleteJson;
import io.htgateway.upstream.response.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads responses whose body is the body of one upstream call.
 *
 * @param upstream client for the call
 * @param clock source of the time at which a body was received
 * @param kind JSON or text
 * @param mediaType media type of a text
 */
record BodyLoader(UpstreamClient upstream, InstantSource clock, Kind kind, String mediaType) implements DeclaredLoader {

	@Override
	public Mono<Loaded> load(UpstreamRequest request, @Nullable CachedResponse previous) {
		UpstreamRequest call = request.refreshing(previous != null);
		return upstream.fetch((kind == Kind.TEXT) ? call.ofText() : call, this::read);
	}

	private Mono<Loaded> read(UpstreamResponse response) {
		UpstreamResponse.Content content = response.content();
		Mono<byte[]> body = (kind == Kind.JSON) ? CompleteJson.check(content.body()) : Mono.just(content.body());
		return body.map((bytes) -> Loaded.fetched(CachedResponse.of(bytes,
				(kind == Kind.JSON) ? content.contentType() : mediaType, Origin.of(clock.instant(), content.age()))));
	}

	@Override
	public Duration deadline() {
		return upstream.deadline();
	}

}
