package io.htgateway.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Proves that the detector of blocking calls, which watches all tests, is on.
 */
class BlockingCallsTests {

	@Test
	void blockingCallOnEventLoopIsFound() {
		Mono<Boolean> blocking = Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS))
			.subscribeOn(Schedulers.parallel());

		StepVerifier.create(blocking).verifyErrorMatches((error) -> error.toString().contains("Blocking call!"));
	}

}
