package io.htgateway.stream.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

import io.htgateway.stream.Feed;
import io.htgateway.stream.Listener;
import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.event.StreamEvent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes one stream. Each part is read from the log when the part before has been
 * written.
 */
final class StreamWriter {

	/**
	 * Shortest and longest time after which clients open the next stream. They differ, so
	 * that not all clients come back at once.
	 */
	private static final int MIN_RETRY = 1_000;

	private static final int MAX_RETRY = 5_000;

	private final Feed feed;

	private final Listener listener;

	private final StreamForm form;

	private volatile boolean ended;

	StreamWriter(Feed feed, Listener listener, StreamForm form) {
		this.feed = feed;
		this.listener = listener;
		this.form = form;
	}

	/**
	 * Writes the stream until it ends.
	 */
	Mono<Void> write(ServerHttpResponse response) {
		Mono<DataBuffer> next = Mono.defer(this::next).map(response.bufferFactory()::wrap);
		Flux<Publisher<DataBuffer>> parts = Flux.generate((sink) -> {
			if (ended) {
				sink.complete();
			}
			else {
				sink.next(next);
			}
		});
		Mono<DataBuffer> first = Mono.fromSupplier(this::opening).map(response.bufferFactory()::wrap);
		return response.writeAndFlushWith(parts.startWith(first));
	}

	private Mono<byte[]> next() {
		return ended ? Mono.empty() : listener.next().map(this::bytes);
	}

	private byte[] opening() {
		Listener.Opening opening = listener.opening();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		form.retry(out, retry());
		// A client that is cut off before its gap must resume before the gap.
		if (opening.gap() != null) {
			gap(out, opening.id(), opening.gap().from(), opening.gap().to());
		}
		else {
			form.heartbeat(out, opening.id());
		}
		if (opening.pace() != null) {
			pace(out, opening.pace());
		}
		return out.toByteArray();
	}

	private byte[] bytes(Listener.Part part) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		switch (part) {
			case Listener.Part.Events events -> {
				events.events().forEach((event) -> event(out, event));
				feed.sent(events.events().size());
			}
			case Listener.Part.Heartbeat heartbeat -> form.heartbeat(out, heartbeat.id());
			case Listener.Part.End end -> end(out, end);
		}
		return out.toByteArray();
	}

	private void event(ByteArrayOutputStream out, StreamEvent event) {
		switch (event) {
			case StreamEvent.Fill fill -> form.event(out, "fill", fill.id(), fill.json());
			case StreamEvent.Gap(long from, long to) -> gap(out, null, from, to);
			case StreamEvent.Pause(long from, FillId to) -> gap(out, to, from, to.time());
			case StreamEvent.Paced(Pace pace) -> pace(out, pace);
		}
	}

	// In whole seconds: the exact times are those of fills that the client may not be
	// allowed to read.
	private void gap(ByteArrayOutputStream out, @Nullable FillId id, long from, long to) {
		form.event(out, "gap", id,
				json("{\"from\":\"%s\",\"to\":\"%s\"}".formatted(Instant.ofEpochSecond(Math.floorDiv(from, 1_000L)),
						Instant.ofEpochSecond(Math.ceilDiv(to, 1_000L)))));
	}

	private void pace(ByteArrayOutputStream out, Pace pace) {
		form.event(out, "interval", null,
				json("{\"seconds\":%d,\"reason\":\"%s\"}".formatted(pace.seconds(), pace.reason().text())));
	}

	private void end(ByteArrayOutputStream out, Listener.Part.End end) {
		ended = true;
		form.heartbeat(out, end.id());
		form.event(out, "end", null,
				json("{\"reason\":\"%s\"}".formatted(end.reason().name().toLowerCase(Locale.ROOT))));
		form.retry(out, retry());
	}

	private static int retry() {
		return ThreadLocalRandom.current().nextInt(MIN_RETRY, MAX_RETRY);
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
