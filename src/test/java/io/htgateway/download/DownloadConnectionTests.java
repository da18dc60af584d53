package io.htgateway.download;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.htgateway.download.response.DownloadException;
import io.htgateway.download.response.FileValidators;
import io.htgateway.download.response.PresignedUrl;
import io.htgateway.testing.ScriptedServer;
import io.htgateway.time.Dates;
import org.junit.jupiter.api.Test;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of connections for downloads on real sockets.
 */
class DownloadConnectionTests {

	private static final int CONNECTIONS = 16;

	@Test
	void downloadWhenAllConnectionsHangIsRefusedWithinASecond() {
		CountDownLatch end = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(CONNECTIONS);
		DownloadConfiguration configuration = new DownloadConfiguration();
		ConnectionProvider connections = configuration.downloadConnections((name, id, remote, pool) -> {
		});
		Disposable.Composite hanging = Disposables.composite();
		try (ScriptedServer server = ScriptedServer.start((out) -> {
			asked.countDown();
			await(end);
		})) {
			DownloadProperties properties = new DownloadProperties(List.of("127.0.0.1"), true, DataSize.ofMegabytes(1),
					Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(20));
			FileDownloader downloader = configuration.fileDownloader(properties, connections,
					configuration.downloadBreaker(properties, Dates.of(InstantSource.system())),
					HttpClientSettings.defaults(), Dates.of(InstantSource.system()));
			PresignedUrl link = PresignedUrl.of(server.uri());
			for (int call = 0; call < CONNECTIONS; call++) {
				hanging.add(downloader.download(link, FileValidators.NONE, downloader.reserve())
					.onErrorComplete()
					.subscribe());
			}
			await(asked);
			long start = System.nanoTime();

			assertThatExceptionOfType(DownloadException.Busy.class)
				.isThrownBy(() -> downloader.download(link, FileValidators.NONE, downloader.reserve()).block());

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			hanging.dispose();
			end.countDown();
		}
		connections.disposeLater().block();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
