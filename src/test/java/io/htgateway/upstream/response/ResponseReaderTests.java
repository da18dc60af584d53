package io.htgateway.upstream.response;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.secret.RotatingSecret;
import io.htgateway.secret.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResponseReader}.
 */
class ResponseReaderTests {

	private static final String HOOK = ResponseReaderTests.class.getName();

	private final ResponseReader reader = new ResponseReader(UpstreamAddress.of(URI.create("http://upstream.test")),
			new RotatingSecret(Secret.of("key")), 1_024, InstantSource.system());

	private final List<Runnable> waiting = new ArrayList<>();

	@AfterEach
	void schedulersRunAgain() {
		Schedulers.resetOnScheduleHook(HOOK);
	}

	@Test
	void readWhenCancelledWhileRefusalChangesThreadsReleasesIt() {
		ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer();
		body.writeCharSequence("{\"message\":\"no\"}", StandardCharsets.UTF_8);
		ClientResponse refusal = ClientResponse.create(HttpStatus.NOT_FOUND)
			.body(Flux.just(new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT).wrap(body)))
			.build();
		Schedulers.onScheduleHook(HOOK, (task) -> () -> waiting.add(task));

		reader.read("/path", ResponseTerms.DATA, refusal).subscribe().dispose();

		assertThat(body.refCnt()).isZero();
	}

}
