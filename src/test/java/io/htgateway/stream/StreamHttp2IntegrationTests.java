package io.htgateway.stream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import reactor.core.Disposable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams over HTTP/2: on connections of their own, and several on one connection.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.stream.enabled=true")
class StreamHttp2IntegrationTests extends StreamTest {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void streamsWithPriorKnowledgeReceiveEachFillOnce() {
		assertEachFillComesOnce(Stream.generate(() -> open(HttpProtocol.H2C)).limit(20).toList());
	}

	@Test
	void streamsOfOneConnectionReceiveEachFillOnce() {
		ConnectionProvider one = ConnectionProvider.create("one", 1);
		HttpClient client = HttpClient.create(one).protocol(HttpProtocol.H2C);
		assertEachFillComesOnce(Stream.generate(() -> open(client)).limit(20).toList());
		one.dispose();
	}

	private void assertEachFillComesOnce(List<Received> streams) {
		runs.awaitListeners(streams.size());
		upstream.liquidate(1_200, start.plusSeconds(1), start.plusSeconds(50));

		runs.pass(MINUTE);

		List<String> fills = runs.fillsSince(start);
		for (Received stream : streams) {
			Awaitility.await().until(() -> stream.fills().size() >= fills.size());
			assertThat(stream.fills()).isEqualTo(fills);
			assertThat(stream.protocol()).isEqualTo("HTTP/2.0");
		}
		streams.getFirst().close();
		runs.awaitListeners(streams.size() - 1);
		streams.forEach(Received::close);
		runs.awaitListeners(0);
	}

	/**
	 * A minute without a fill: longer than a request may take, and than a connection may
	 * be idle.
	 */
	@Test
	@Tag("faults")
	void heartbeatsKeepStreamsOpen() {
		List<Received> streams = Stream.of(HttpProtocol.H2C, HttpProtocol.HTTP11).map(this::open).toList();
		runs.awaitListeners(2);

		for (Received stream : streams) {
			Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> stream.count(": heartbeat\n") >= 6);
		}

		upstream.liquidate(10, start.plusSeconds(1), start.plusSeconds(50));
		runs.pass(MINUTE);
		List<String> fills = runs.fillsSince(start);
		for (Received stream : streams) {
			Awaitility.await().until(() -> stream.fills().size() >= fills.size());
			assertThat(stream.fills()).isEqualTo(fills);
			stream.close();
		}
	}

	private Received open(HttpProtocol protocol) {
		return open(HttpClient.newConnection().protocol(protocol));
	}

	private Received open(HttpClient client) {
		Queue<String> body = new ConcurrentLinkedQueue<>();
		Queue<String> version = new ConcurrentLinkedQueue<>();
		Disposable stream = client.get().uri(uri()).response((response, content) -> {
			version.add(response.version().text());
			return content.asString();
		}).subscribe(body::add, (failure) -> body.add(failure.toString()));
		return new Received(stream, version, body);
	}

	private URI uri() {
		return URI.create("http://127.0.0.1:" + gateway.port() + StreamClient.PATH);
	}

	/**
	 * What a stream has sent.
	 */
	private record Received(Disposable stream, Queue<String> version, Queue<String> body) {

		String protocol() {
			return String.join("", version);
		}

		List<String> fills() {
			return String.join("", body)
				.lines()
				.filter((line) -> line.startsWith("data: {"))
				.map((line) -> line.substring("data: ".length()))
				.toList();
		}

		long count(String text) {
			return String.join("", body).split(text, -1).length - 1L;
		}

		void close() {
			stream.dispose();
		}

	}

}
