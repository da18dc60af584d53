package io.htgateway.history.web;

import java.util.List;
import java.util.Objects;

import io.htgateway.access.Team;
import io.htgateway.endpoint.Acceptance;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.read.StoreAvailability;
import io.htgateway.history.store.Snapshots;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles requests for the snapshots of a series: a page of their descriptions, or a
 * stream of their bodies.
 */
final class ListHandler implements WebHandler {

	static final String ROUTE = "/api/history/{endpoint}/{key}";

	static final List<MediaType> TYPES = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON);

	private static final int DEFAULT_LIMIT = 100;

	private final RecordedEndpoints recorded;

	private final Snapshots snapshots;

	private final StoreAvailability availability;

	private final SnapshotStream stream;

	private final ReadSlots streams;

	private final ReadSlots reads;

	private final JsonMapper json;

	ListHandler(RecordedEndpoints recorded, Snapshots snapshots, StoreAvailability availability, SnapshotStream stream,
			ReadSlots streams, ReadSlots reads, JsonMapper json) {
		this.recorded = recorded;
		this.snapshots = snapshots;
		this.availability = availability;
		this.stream = stream;
		this.streams = streams;
		this.reads = reads;
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Team team = Team.of(context);
			SeriesParameters path = SeriesParameters.of(exchange, recorded, team);
			MediaType type = Acceptance.preferred(exchange.getRequest(), TYPES);
			ListQuery query = ListQuery.of(exchange.getRequest(), path, recorded);
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.setContentType(type);
			headers.setCacheControl((team != Team.ANONYMOUS) ? "private, no-cache" : "no-cache");
			headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			return type.equals(MediaType.APPLICATION_NDJSON) ? streams.limit(stream.write(exchange, query))
					: reads.limit(page(exchange.getResponse(), query));
		});
	}

	private Mono<Void> page(ServerHttpResponse response, ListQuery query) {
		int limit = Objects.requireNonNullElse(query.limit(), DEFAULT_LIMIT);
		int pageSize = Math.min(limit + 1, ListQuery.MAX_LIMIT);
		return availability.watch(query.find(snapshots, pageSize).take(limit + 1L).collectList()).flatMap((found) -> {
			byte[] body = json.writeValueAsBytes(SnapshotPage.of(found, limit));
			response.getHeaders().setContentLength(body.length);
			return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
		});
	}

}
