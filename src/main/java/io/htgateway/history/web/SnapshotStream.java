package io.htgateway.history.web;

import java.nio.ByteBuffer;

import io.htgateway.history.read.SnapshotLine;
import io.htgateway.history.read.SnapshotReader;
import io.htgateway.history.read.StoreAvailability;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.Snapshots;
import io.htgateway.web.problem.DamagedSnapshotException;
import io.htgateway.web.problem.UnavailableException;
import io.netty.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams the bodies of a range of snapshots as newline-delimited JSON. The next body is
 * read while the line before it is written, and no other one, so that a slow client does
 * not fill the memory.
 */
final class SnapshotStream {

	private static final Logger LOG = LoggerFactory.getLogger(SnapshotStream.class);

	private static final int LISTED = 200;

	/**
	 * Size of the parts that a line is written in, in bytes. The server requests up to
	 * 128 parts before the first is written to the connection, so at most 4 MB are in
	 * flight.
	 */
	private static final int PART = 32 * 1024;

	private final Snapshots snapshots;

	private final SnapshotReader reader;

	private final StoreAvailability availability;

	private final JsonMapper json;

	SnapshotStream(Snapshots snapshots, SnapshotReader reader, StoreAvailability availability, JsonMapper json) {
		this.snapshots = snapshots;
		this.reader = reader;
		this.availability = availability;
		this.json = json;
	}

	/**
	 * Writes the lines. A failure before the first line is answered with a problem. A
	 * later failure aborts the response, so that the client recognizes that it is
	 * incomplete.
	 */
	Mono<Void> write(ServerWebExchange exchange, ListQuery query) {
		ServerHttpResponse response = exchange.getResponse();
		if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			return response.setComplete();
		}
		Flux<Snapshot> found = availability.watch(query.find(snapshots, LISTED));
		Flux<DataBuffer> body = ((query.limit() != null) ? found.take(query.limit()) : found)
			.concatMap((snapshot) -> line(snapshot, response.bufferFactory()), 1);
		return response.writeWith(body)
			.onErrorResume((failure) -> response.isCommitted(), (failure) -> abort(exchange, query, failure));
	}

	// Closes the connection over HTTP/1.1, and resets the stream over HTTP/2. If the
	// failure were emitted instead, the framework would log it again, and the server
	// would log a stack trace.
	private static Mono<Void> abort(ServerWebExchange exchange, ListQuery query, Throwable failure) {
		// Clients that leave are no failures.
		if (failure instanceof UnavailableException || failure instanceof DamagedSnapshotException) {
			LOG.warn("Stream of the history aborted: series={} reason=\"{}\"", query.series(), failure.getMessage());
		}
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		request.withConnection((connection) -> {
			Future<?> _ = connection.channel().close();
		});
		return Mono.error(AbortedException.beforeSend());
	}

	private Flux<DataBuffer> line(Snapshot snapshot, DataBufferFactory buffers) {
		return reader.read(snapshot)
			.flatMapMany((body) -> parts(SnapshotLine.of(snapshot, body.plain(), json), buffers));
	}

	private static Flux<DataBuffer> parts(byte[] line, DataBufferFactory buffers) {
		return Flux.range(0, (line.length + PART - 1) / PART)
			.map((number) -> buffers
				.wrap(ByteBuffer.wrap(line, number * PART, Math.min(PART, line.length - number * PART))));
	}

}
