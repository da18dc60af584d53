package io.htgateway.web.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.htgateway.web.RawClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order in which one event loop serves its connections, all of which have requests ready:
 * open ones, and ones that wait to be accepted.
 */
class ConnectionTurnsTests {

	private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

	private static final int REQUESTS = 12;

	private static final int CONNECTIONS = 40;

	private final LoopResources loops = LoopResources.create("turns", 1, true);

	private final List<Integer> turns = Collections.synchronizedList(new ArrayList<>());

	// Reads one request per turn. The order is that of the reads.
	private final DisposableServer server = ServerConfiguration
		.withPipelining(ServerConfiguration.withFairTurns(HttpServer.create().host("127.0.0.1").port(0).runOn(loops)))
		.childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(REQUEST.length()))
		.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(new Turns()))
		.handle((request, response) -> response.header("Content-Length", "2")
			.sendObject(Mono.just(Unpooled.copiedBuffer(new byte[] { 'o', 'k' })))
			.then())
		.bindNow();

	@AfterEach
	void stop() {
		server.disposeNow();
		loops.dispose();
	}

	@Test
	void connectionsWhenManyWaitToBeAcceptedHaveTheirTurnsWithTheOthers() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		CountDownLatch allReady = new CountDownLatch(1);
		try {
			connect(clients);
			clients.forEach((client) -> {
				client.send(REQUEST);
				assertThat(client.read()).endsWith("ok");
			});
			turns.clear();
			holdLoopUntil(allReady);
			connect(clients);
			clients.forEach((client) -> client.send(REQUEST.repeat(REQUESTS)));
			Awaitility.await().untilAsserted(() -> assertThat(connectionsWithAllRequests()).isEqualTo(2 * CONNECTIONS));
			allReady.countDown();
			for (RawClient client : clients) {
				for (int response = 0; response < REQUESTS; response++) {
					assertThat(client.read()).startsWith("HTTP/1.1 200 ").endsWith("ok");
				}
			}
		}
		finally {
			allReady.countDown();
			clients.forEach(RawClient::close);
		}
		assertThat(turns).hasSize(2 * CONNECTIONS * REQUESTS);
		assertThat(greatestLead()).isLessThanOrEqualTo(2);
	}

	// Returns by how many requests one connection is ahead of another that is ready.
	private int greatestLead() {
		Map<Integer, Integer> served = new HashMap<>();
		turns.forEach((port) -> served.put(port, 0));
		int lead = 0;
		for (int port : turns) {
			int times = served.merge(port, 1, Integer::sum);
			lead = Math.max(lead, times - Collections.min(served.values()));
		}
		return lead;
	}

	private void connect(List<RawClient> clients) {
		for (int connection = 0; connection < CONNECTIONS; connection++) {
			clients.add(RawClient.to(server.port()));
		}
	}

	// A busy kernel delivers sent bytes late. Columns of its tables: number, local
	// address,
	// remote address, state, queues of bytes to be acknowledged and to be read. A table
	// that changes while it is read may lack a connection.
	private long connectionsWithAllRequests() throws IOException {
		String local = ":%04X".formatted(server.port());
		String queues = "00000000:%08X".formatted(REQUESTS * REQUEST.length());
		long count = 0;
		for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
			count += Files.readAllLines(Path.of(table))
				.stream()
				.map((line) -> line.trim().split(" +"))
				.filter((columns) -> columns[1].endsWith(local) && columns[4].equals(queues))
				.count();
		}
		return count;
	}

	// Returns once the loop is busy: before that, it would accept and read what arrives.
	// An event loop must not block, and the tests' detector takes a hint that it spins
	// for
	// that.
	private void holdLoopUntil(CountDownLatch released) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		EventLoop loop = server.channel().eventLoop();
		loop.execute(() -> {
			held.countDown();
			while (released.getCount() > 0) {
				// The loop does nothing else.
			}
		});
		assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private final class Turns extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			turns.add(((InetSocketAddress) context.channel().remoteAddress()).getPort());
			context.fireChannelRead(message);
		}

	}

}
