package io.htgateway.cache;

import io.htgateway.testing.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DirectMemory}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DirectMemoryTests {

	private final DirectMemory memory = new DirectMemory(DataSize.ofMegabytes(144).toBytes());

	@Test
	void checkWhenCacheIsLargerWarnsOfBoth(CapturedOutput output) {
		memory.check(DataSize.ofMegabytes(145));

		assertThat(output).contains("WARN", "gateway.cache.max-size is 145 MB", "144 MB", "-XX:MaxDirectMemorySize");
	}

	@Test
	void checkWhenCacheFitsSaysNothing(CapturedOutput output) {
		memory.check(DataSize.ofMegabytes(144));

		assertThat(LogLines.of(DirectMemory.class, output)).isEmpty();
	}

	@Test
	void ofThisJvmWhenNotToldOtherwiseIsThatOfItsHeap() {
		assertThat(DirectMemory.ofThisJvm()).isEqualTo(new DirectMemory(Runtime.getRuntime().maxMemory()));
	}

}
