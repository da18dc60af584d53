package io.htgateway.download;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the download client connects only to public addresses, in whatever form a
 * link names them. A listener on loopback must see no connection.
 */
class AddressFilterTests {

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void getWhenAddressIsNotPublicDoesNotConnect(String host) throws IOException {
		try (ServerSocketChannel listener = listener()) {
			URI target = URI.create("http://" + host + ":" + listener.socket().getLocalPort() + "/x");

			StepVerifier.create(get(target, false)).verifyError();

			assertThat(listener.accept()).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void getWhenAnyAddressIsAllowedConnects(String host) throws IOException {
		try (ServerSocketChannel listener = listener()) {
			listener.configureBlocking(true);
			URI target = URI.create("http://" + host + ":" + listener.socket().getLocalPort() + "/x");

			StepVerifier.create(get(target, true)).then(() -> accept(listener)).verifyError();
		}
	}

	private static void accept(ServerSocketChannel listener) {
		try {
			listener.accept().close();
		}
		catch (IOException failure) {
			throw new AssertionError(failure);
		}
	}

	private static Mono<String> get(URI target, boolean allowInsecure) {
		DownloadProperties properties = new DownloadProperties(List.of("localhost"), allowInsecure,
				DataSize.ofMegabytes(1), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(20));
		return WebClient.builder()
			.clientConnector(DownloadConfiguration.connector(properties, ConnectionProvider.newConnection(), null))
			.build()
			.get()
			.uri(target)
			.retrieve()
			.bodyToMono(String.class);
	}

	private static ServerSocketChannel listener() throws IOException {
		ServerSocketChannel listener = ServerSocketChannel.open();
		listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0)).configureBlocking(false);
		return listener;
	}

}
