package io.htgateway.history.web;

import java.util.List;

import io.htgateway.access.Team;
import io.htgateway.endpoint.Acceptance;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.read.SnapshotReader;
import io.htgateway.history.read.StoreAvailability;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.Snapshots;
import io.htgateway.web.reply.Cors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Handles requests for one snapshot.
 */
final class SnapshotHandler implements WebHandler {

	static final String ROUTE = ListHandler.ROUTE + "/{time}";

	private final RecordedEndpoints recorded;

	private final Snapshots snapshots;

	private final StoreAvailability availability;

	private final SnapshotReader reader;

	private final ReadSlots reads;

	private final Cors cors;

	SnapshotHandler(RecordedEndpoints recorded, Snapshots snapshots, StoreAvailability availability,
			SnapshotReader reader, ReadSlots reads, Cors cors) {
		this.recorded = recorded;
		this.snapshots = snapshots;
		this.availability = availability;
		this.reader = reader;
		this.reads = reads;
		this.cors = cors;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Team team = Team.of(context);
			SeriesParameters path = SeriesParameters.of(exchange, recorded, team);
			SnapshotQuery query = SnapshotQuery.of(exchange.getRequest(), path, recorded);
			Mono<Snapshot> found = availability.watch(query.find(snapshots)).switchIfEmpty(notFound(query));
			return reads.limit(found.flatMap((snapshot) -> answer(exchange, query, snapshot, team)));
		});
	}

	private Mono<Void> answer(ServerWebExchange exchange, SnapshotQuery query, Snapshot snapshot, Team team) {
		Acceptance.requireAcceptable(exchange.getRequest(), List.of(snapshot.format().mediaType()));
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders request = exchange.getRequest().getHeaders();
		SnapshotReply reply = SnapshotReply.of(snapshot, (name) -> joined(request, name));
		if (reply.notModified()) {
			reply.headers(response.getHeaders(), query.isAlways(snapshot), team != Team.ANONYMOUS, cors.vary());
			response.setStatusCode(HttpStatus.NOT_MODIFIED);
			return response.setComplete();
		}
		return reader.read(snapshot).switchIfEmpty(notFound(query)).flatMap((body) -> {
			reply.headers(response.getHeaders(), query.isAlways(snapshot), team != Team.ANONYMOUS, cors.vary());
			byte[] content = reply.content(body, response.getHeaders());
			return response.writeWith(Mono.just(response.bufferFactory().wrap(content)));
		});
	}

	private static @Nullable String joined(HttpHeaders headers, String name) {
		return headers.containsHeader(name) ? String.join(",", headers.getOrEmpty(name)) : null;
	}

	private <T> Mono<T> notFound(SnapshotQuery query) {
		return availability.watch(snapshots.from(query.series(), null, null, 1).next())
			.map((oldest) -> (query.etag() != null) ? "the history has no such snapshot of " + query.series()
					: "the history has no snapshot of " + query.series() + " at or before " + query.time()
							+ "; the oldest is of " + oldest.time())
			.defaultIfEmpty("the history has no snapshot of " + query.series())
			.flatMap((detail) -> Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND, detail)));
	}

}
