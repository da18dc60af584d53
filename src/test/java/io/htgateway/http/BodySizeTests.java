package io.htgateway.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests of {@link BodySize}.
 */
class BodySizeTests {

	@ParameterizedTest
	@CsvSource({ "153, 64, 51", "48, 64, 32", "64, 16, 32", "3069, 1023, 1023", "4096, 64, 64" })
	void checkWhenTheBodyFitsAcceptsIt(long heap, long buffers, long size) {
		assertThatNoException().isThrownBy(() -> check(heap, buffers, size));
	}

	@ParameterizedTest
	@CsvSource({ "153, 64, 52", "95, 64, 33", "48, 64, 33", "154, 64, 1000", "3066, 1023, 1023" })
	void checkWhenTheHeapIsTooSmallRefusesIt(long heap, long buffers, long size) {
		assertThatIllegalArgumentException().isThrownBy(() -> check(heap, buffers, size))
			.withMessageContaining("of the heap while it is read");
	}

	@Test
	void checkWhenTheHeapIsTooSmallSaysTheSum() {
		assertThatIllegalArgumentException().isThrownBy(() -> check(154, 64, 1000))
			.withMessage(
					"gateway.upstream.max-size is 1000 MB: a body of that size takes 2000 MB of the heap while it is "
							+ "read (twice its size), which is 2051 MB with the third of the heap for everything else (51 MB), and "
							+ "the heap has 154 MB: set it to 51MB or less, or raise -Xmx or the memory of the container");
	}

	@Test
	void checkWhenNettysBuffersAreTooSmallRefusesIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> check(4096, 64, 65))
			.withMessage(
					"gateway.upstream.max-size is 65 MB, and Netty's buffers, through which a body arrives, have 64 MB: "
							+ "lower it, or raise -Dio.netty.maxDirectMemory");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 1023, 1L << 30 })
	void checkWhenNoBodyMayHaveTheSizeSaysTheBounds(long bytes) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BodySize(DataSize.ofGigabytes(64), DataSize.ofGigabytes(64)).check("gateway.a",
					DataSize.ofBytes(bytes)))
			.withMessage("gateway.a must be at least 1KB and less than 1GB, and is " + DataSize.ofBytes(bytes));
	}

	@Test
	void ofThisJvmHasItsHeap() {
		assertThat(BodySize.ofThisJvm().heap().toBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
	}

	private static void check(long heap, long buffers, long size) {
		new BodySize(DataSize.ofMegabytes(heap), DataSize.ofMegabytes(buffers)).check("gateway.upstream.max-size",
				DataSize.ofMegabytes(size));
	}

}
