package io.htgateway.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Collector of traces on loopback, which stores the spans that it receives by OTLP over
 * HTTP.
 */
final class Collector implements AutoCloseable {

	/**
	 * Beginning of the names of spans that tests send to know that all before them have
	 * come.
	 */
	static final String MARK = "last ";

	private static final String PATH = "/v1/traces";

	private final Queue<ExportTraceServiceRequest> received = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	private Collector(HttpServer server) {
		this.server = server;
	}

	static Collector start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
			Collector collector = new Collector(server);
			server.createContext("/", collector::receive);
			server.start();
			return collector;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String endpoint() {
		return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean known = exchange.getRequestURI().getPath().equals(PATH);
			received.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
			exchange.sendResponseHeaders(known ? 200 : 404, -1);
		}
	}

	/**
	 * Removes all received spans.
	 */
	void reset() {
		received.clear();
	}

	/**
	 * Returns everything that was received, as text.
	 */
	String text() {
		return received.toString();
	}

	/**
	 * Returns the spans of requests.
	 */
	List<Span> requests() {
		return spans().stream().filter((span) -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER).toList();
	}

	/**
	 * Returns the spans of loads.
	 */
	List<Span> loads() {
		return spans().stream().filter((span) -> span.getName().equals("load")).toList();
	}

	/**
	 * Returns all spans, in the order in which they ended.
	 */
	List<Span> spans() {
		return all().filter((span) -> !span.getName().startsWith(MARK)).toList();
	}

	/**
	 * Returns whether a span of the given name has come.
	 */
	boolean has(String name) {
		return all().anyMatch((span) -> span.getName().equals(name));
	}

	private Stream<Span> all() {
		return received.stream()
			.flatMap((request) -> request.getResourceSpansList().stream())
			.flatMap((resource) -> resource.getScopeSpansList().stream())
			.flatMap((scope) -> scope.getSpansList().stream());
	}

	/**
	 * Returns the attributes of a span by name, as text.
	 */
	static Map<String, String> attributes(Span span) {
		return span.getAttributesList()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> text(attribute.getValue())));
	}

	private static String text(AnyValue value) {
		return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
