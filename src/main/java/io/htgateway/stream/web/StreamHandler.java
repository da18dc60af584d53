package io.htgateway.stream.web;

import java.util.List;
import java.util.concurrent.TimeoutException;

import io.htgateway.access.Team;
import io.htgateway.endpoint.Acceptance;
import io.htgateway.stream.Feed;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * Handler of requests for a stream of fills.
 */
final class StreamHandler implements WebHandler {

	static final String ROUTE = "/api/stream/fills/liquidation";

	static final List<MediaType> TYPES = List.of(StreamForm.EVENTS.type(), StreamForm.LINES.type());

	private final Feed feed;

	private final StreamSlots slots;

	StreamHandler(Feed feed, StreamSlots slots) {
		this.feed = feed;
		this.slots = slots;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return Mono.deferContextual((context) -> {
			Team team = Team.of(context);
			team.requireUse(StreamQuery.ENDPOINT);
			StreamForm form = StreamForm.of(Acceptance.preferred(exchange.getRequest(), TYPES));
			StreamQuery query = StreamQuery.of(exchange.getRequest());
			team.requireRead(query.scope());
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.setContentType(form.type());
			headers.setCacheControl((team != Team.ANONYMOUS) ? "private, no-store" : "no-store");
			headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT);
			// Otherwise nginx would wait for a full buffer.
			headers.set("X-Accel-Buffering", "no");
			return HttpMethod.HEAD.equals(exchange.getRequest().getMethod()) ? exchange.getResponse().setComplete()
					: stream(exchange, query, form, team.name());
		});
	}

	private Mono<Void> stream(ServerWebExchange exchange, StreamQuery query, StreamForm form, String team) {
		return Mono.usingWhen(Mono.fromCallable(() -> {
			slots.occupy(team);
			feed.enter(query.last());
			return feed;
		}), (entered) -> feed.open(query.filter(), query.last())
			.onErrorMap(TimeoutException.class, (late) -> StreamSlots.notOpened())
			.flatMap((listener) -> new StreamWriter(feed, listener, form).write(exchange.getResponse())
				.doFinally((end) -> feed.ended(listener, team))), (entered) -> leave(team),
				(entered, failure) -> leave(team), (entered) -> leave(team));
	}

	private Mono<Void> leave(String team) {
		return Mono.fromRunnable(() -> {
			feed.leave();
			slots.release(team);
		});
	}

}
