import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the gateway once, before an upstream that answers with canned bodies, has it answer
 * requests of all kinds, and stops it in order: what it loaded and compiled then makes the AOT cache.
 */
final class Training {

	private static final String RISK = "/api/external/5/assets/liquidation-risk";

	private static final String FILLS = "/api/external/fills/liquidation?limit=2";

	private static final String HEATMAP = "/api/external/exports/coins/BTC/liquidation-heatmap";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port = freePort();

	private final int managementPort = freePort();

	public static void main(String[] args) throws Exception {
		new Training().run(Path.of(args[0]), args[1]);
	}

	private void run(Path cache, String jar) throws Exception {
		HttpServer upstream = upstream();
		Process gateway = gateway(cache, jar, upstream.getAddress().getPort());
		try {
			awaitReady(gateway);
			ask();
			gateway.destroy();
			if (!gateway.waitFor(3, TimeUnit.MINUTES) || Files.size(cache) == 0) {
				throw new IllegalStateException("The gateway has not ended, or left no cache");
			}
		}
		finally {
			gateway.destroyForcibly();
			upstream.stop(0);
		}
	}

	// What only C1 has compiled here is compiled by C1 alone at run time: on two cores, C2
	// would take its time from the start. That requests are asked for once keeps them out of
	// it: they need C2.
	private Process gateway(Path cache, String jar, int upstream) throws IOException {
		return new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-XX:AOTCacheOutput=" + cache, "-jar", jar,
				"--server.address=127.0.0.1", "--server.port=" + port, "--management.server.address=127.0.0.1",
				"--management.server.port=" + managementPort, "--gateway.upstream.api-key=training",
				"--gateway.upstream.base-url=http://127.0.0.1:" + upstream, "--gateway.downloads.allow-insecure=true",
				"--gateway.downloads.allowed-hosts=127.0.0.1", "--gateway.budget.plan=custom",
				"--gateway.budget.per-minute=1000000", "--gateway.access.open=true", "--gateway.access-log.enabled=false")
			.inheritIO()
			.start();
	}

	private void awaitReady(Process gateway) throws Exception {
		while (true) {
			if (!gateway.isAlive()) {
				throw new IllegalStateException("The gateway has ended");
			}
			try {
				if (status(managementPort, "/actuator/health/readiness") == 200) {
					return;
				}
			}
			catch (IOException notYet) {
				// Nobody listens so far.
			}
			Thread.sleep(100);
		}
	}

	private void ask() throws Exception {
		for (String target : List.of(RISK + "?limit=3", RISK + "?offset=1&limit=2", FILLS, HEATMAP)) {
			expect(200, status(port, target));
			expect(200, status(port, target, "Accept-Encoding", "gzip"));
			expect(304, status(port, target, "If-None-Match", "*"));
		}
		expect(400, status(port, RISK + "?limit=0"));
		expect(404, status(port, "/nothing"));
		expect(200, status(managementPort, "/actuator/health/liveness"));
		expect(200, status(managementPort, "/actuator/prometheus"));
	}

	private static void expect(int expected, int status) {
		if (status != expected) {
			throw new IllegalStateException("Expected " + expected + ", got " + status);
		}
	}

	private int status(int port, String target, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
			.timeout(Duration.ofSeconds(20));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return client.send(request.build(), BodyHandlers.ofByteArray()).statusCode();
	}

	private static HttpServer upstream() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		String item = "{\"coin\":\"BTC\",\"value\":1.5,\"text\":\"" + "x".repeat(100) + "\"}";
		String items = (item + ",").repeat(399) + item;
		server.createContext(RISK, (exchange) -> answer(exchange, "{\"totalCount\":400,\"items\":[" + items + "]}"));
		server.createContext("/api/external/fills", (exchange) -> answer(exchange, "{\"fills\":[" + item + "]}"));
		server.createContext("/file", (exchange) -> answer(exchange, "{\"coin\":\"BTC\",\"heatmap\":[" + items + "]}"));
		server.createContext(HEATMAP, (exchange) -> {
			exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/file");
			exchange.sendResponseHeaders(302, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	private static void answer(HttpExchange exchange, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, bytes.length);
		try (exchange) {
			exchange.getResponseBody().write(bytes);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
