package io.htgateway.testing.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds out whether a container engine of this machine answers, where Testcontainers
 * would look for it. Engines of other machines are not asked.
 */
final class ContainerEngine {

	private static final long MILLIS_TO_ANSWER = 500;

	private static final byte[] PING = "GET /_ping HTTP/1.0\r\nHost: localhost\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private ContainerEngine() {
	}

	/**
	 * Why there is none, empty where there is one.
	 */
	static Optional<String> missing() {
		List<URI> places = places().toList();
		return places.stream().anyMatch(ContainerEngine::answers) ? Optional.empty()
				: Optional.of("no container engine answers at " + places);
	}

	private static Stream<URI> places() {
		String configured = System.getenv("DOCKER_HOST");
		if (configured != null && !configured.isBlank()) {
			return Stream.of(URI.create(configured));
		}
		Path home = Path.of(System.getProperty("user.home"));
		Stream<Path> sockets = Stream.of(Path.of("/var/run/docker.sock"), home.resolve(".docker/run/docker.sock"),
				home.resolve(".docker/desktop/docker.sock"));
		Stream<Path> rootless = Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
			.map((directory) -> Path.of(directory, "docker.sock"))
			.stream();
		return Stream.concat(sockets, rootless).map((path) -> URI.create("unix://" + path));
	}

	private static boolean answers(URI place) {
		Optional<SocketAddress> address = address(place);
		return address.isPresent()
				&& CompletableFuture.supplyAsync(() -> answers(address.get()), Thread::startVirtualThread)
					.completeOnTimeout(false, MILLIS_TO_ANSWER, TimeUnit.MILLISECONDS)
					.join();
	}

	private static Optional<SocketAddress> address(URI place) {
		if ("unix".equals(place.getScheme())) {
			Path socket = Path.of(place.getPath());
			return Files.exists(socket) ? Optional.of(UnixDomainSocketAddress.of(socket)) : Optional.empty();
		}
		boolean here = "tcp".equals(place.getScheme()) && List.of("127.0.0.1", "localhost").contains(place.getHost());
		return here ? Optional.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), place.getPort()))
				: Optional.empty();
	}

	private static boolean answers(SocketAddress address) {
		try (SocketChannel channel = SocketChannel.open(address)) {
			channel.write(ByteBuffer.wrap(PING));
			ByteBuffer answer = ByteBuffer.allocate(64);
			channel.read(answer);
			return new String(answer.array(), StandardCharsets.US_ASCII).contains(" 200 ");
		}
		catch (IOException refused) {
			return false;
		}
	}

}
