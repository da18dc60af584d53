package io.htgateway.cache;

import io.htgateway.settings.UnusableSettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link MemoryLimits}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MemoryLimitsTests {

	@ParameterizedTest
	@CsvSource({ "153, 72, 512, 48", "153, 72, 512, 57", "48, 48, 226, 38", "256, 320, 1024, 256" })
	void cacheThatFitsIsTaken(long heap, long offHeap, long machine, long cache) {
		assertThatNoException().isThrownBy(() -> check(heap, offHeap, machine, cache));
	}

	@Test
	void cacheThatIsLargerThanTheMemoryOffTheHeapIsRefused() {
		assertRefused(153, 72, 512, 58,
				"gateway.cache.max-size is 58 MB, and 72 MB with finished responses, but this JVM has only 72 MB of "
						+ "off-heap memory for them: lower it, or raise -XX:MaxDirectMemorySize.");
	}

	@Test
	void cacheThatDoesNotFitTheContainerIsRefusedWithTheSum() {
		assertRefused(153, 768, 512, 512,
				"The heap (153 MB), gateway.cache.max-size with finished responses (640 MB) and classes and compiled "
						+ "code (130 MB) need 923 MB together, but the machine or container has 512 MB: lower "
						+ "gateway.cache.max-size or -Xmx, or give it more memory.");
	}

	@Test
	void heapThatIsTooSmallIsRefused() {
		assertRefused(38, 72, 128, 48,
				"The heap of this JVM is 38 MB, but the gateway needs at least 48 MB: raise -Xmx, or the memory of the "
						+ "machine or container (128 MB).");
	}

	@ParameterizedTest
	@CsvSource({ "4096, 4096, 16384, 256", "256, 384, 1024, 256", "237, 237, 950, 158", "153, 72, 512, 48",
			"800, 800, 1024, 75", "52, 52, 210, 22" })
	void defaultFitsWhatThereIs(long heap, long offHeap, long machine, long size) {
		MemoryLimits limits = limits(heap, offHeap, machine);

		assertThat(limits.defaultCache()).isEqualTo(DataSize.ofMegabytes(size));
		assertThatNoException().isThrownBy(() -> limits.check(limits.defaultCache()));
	}

	@Test
	void defaultIsNeverLessThanWhatMayBeSet() {
		assertThat(limits(800, 800, 512).defaultCache()).isEqualTo(DataSize.ofMegabytes(1));
		assertThat(limits(800, 1, 2048).defaultCache()).isEqualTo(DataSize.ofMegabytes(1));
	}

	@Test
	void smallDefaultIsLoggedOnce(CapturedOutput output) {
		limits(4096, 4096, 16384).logSmallDefault();
		limits(237, 237, 950).logSmallDefault();

		assertThat(output).containsOnlyOnce("Cache limited to ")
			.contains("158 MB instead of 256 MB, because memory is short: heapMb=237 offHeapMb=237 machineMb=950")
			.contains("gateway.cache.max-size");
	}

	@Test
	void limitsOfThisJvmAreThoseOfItsHeapAndMachine() {
		MemoryLimits limits = MemoryLimits.ofThisJvm();

		assertThat(limits.heap().toBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
		assertThat(limits.offHeap()).isEqualTo(limits.heap());
		assertThat(limits.machine()).isGreaterThan(limits.heap());
	}

	private static void assertRefused(long heap, long offHeap, long machine, long cache, String message) {
		assertThatExceptionOfType(UnusableSettingsException.class)
			.isThrownBy(() -> check(heap, offHeap, machine, cache))
			.withMessage(message);
	}

	private static void check(long heap, long offHeap, long machine, long cache) {
		limits(heap, offHeap, machine).check(DataSize.ofMegabytes(cache));
	}

	private static MemoryLimits limits(long heap, long offHeap, long machine) {
		return new MemoryLimits(DataSize.ofMegabytes(heap), DataSize.ofMegabytes(offHeap),
				DataSize.ofMegabytes(machine));
	}

}
