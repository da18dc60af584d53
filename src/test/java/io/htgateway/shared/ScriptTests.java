package io.htgateway.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scripts, which many event loops use at once.
 */
class ScriptTests {

	private static final int USES = 20_000;

	@Test
	void namedHasTheNameThatRedisGivesIt() throws Exception {
		Script script = Script.named("time");

		byte[] digest = MessageDigest.getInstance("SHA-1").digest(script.text().getBytes(StandardCharsets.UTF_8));
		assertThat(script.sha1()).isEqualTo(HexFormat.of().formatHex(digest));
	}

	@Test
	void getSha1WhenManyThreadsUseItHasNoneWaitForAnother() {
		Script script = Script.named("time");

		List<Integer> uses = Flux.range(0, 4)
			.flatMap((thread) -> Mono.fromCallable(() -> uses(script)).subscribeOn(Schedulers.parallel()))
			.collectList()
			.block();

		assertThat(uses).hasSize(4).containsOnly(USES);
	}

	private static int uses(Script script) {
		int uses = 0;
		while (uses < USES && script.getSha1().length() == 40) {
			uses++;
		}
		return uses;
	}

}
