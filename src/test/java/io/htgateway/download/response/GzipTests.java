package io.htgateway.download.response;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

import io.htgateway.simulator.GzipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Gzip}.
 */
class GzipTests {

	private static final int LIMIT = 10_000;

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 511, 8_192, LIMIT - 1, LIMIT })
	void decompressWhenFileIsWithinLimitReturnsTheOriginal(int size) {
		byte[] plain = noise(size);

		assertThat(Gzip.decompress(GzipFile.of(plain), LIMIT)).isEqualTo(plain);
	}

	@ParameterizedTest
	@ValueSource(ints = { LIMIT + 1, LIMIT + 2, 5 * LIMIT })
	void decompressWhenFileIsOverLimitIsRefused(int size) {
		assertRefused(GzipFile.of(noise(size)), "a file over the size limit");
	}

	@Test
	void decompressWhenFileIsBombIsRefused() {
		byte[] bomb = GzipFile.of(new byte[50_000_000]);

		assertThat(bomb).hasSizeLessThan(100_000);
		assertRefused(bomb, "a file over the size limit");
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, LIMIT })
	void decompressWhenFileIsCutAnywhereIsRefused(int size) {
		byte[] complete = GzipFile.of(noise(size));

		for (int length = 0; length < complete.length; length++) {
			assertRefused(Arrays.copyOf(complete, length), "a broken gzip file");
		}
	}

	@Test
	void decompressWhenChecksumIsWrongIsRefused() {
		byte[] broken = GzipFile.of(noise(100));
		broken[broken.length - 8] ^= 1;

		assertRefused(broken, "a broken gzip file");
	}

	@Test
	void decompressWhenLengthIsWrongIsRefused() {
		byte[] broken = GzipFile.of(noise(LIMIT));
		broken[broken.length - 1] ^= 1;

		assertRefused(broken, "a broken gzip file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{\"coin\":\"BTC\",\"heatmap\":[]}", "<Error><Code>AccessDenied</Code></Error>" })
	void decompressWhenFileIsNotCompressedIsRefused(String text) {
		assertRefused(text.getBytes(UTF_8), "a broken gzip file");
	}

	@Test
	void decompressWhenOnlyTheMagicBytesAreRightIsRefused() {
		byte[] garbage = noise(1_000);
		garbage[0] = (byte) 0x1f;
		garbage[1] = (byte) 0x8b;

		assertThat(Gzip.isCompressed(garbage)).isTrue();
		assertRefused(garbage, "a broken gzip file");
	}

	@Test
	void decompressWhenFileHasTwoMembersReturnsBoth() {
		ByteArrayOutputStream members = new ByteArrayOutputStream();
		members.writeBytes(GzipFile.of("one".getBytes(UTF_8)));
		members.writeBytes(GzipFile.of("two".getBytes(UTF_8)));

		assertThat(Gzip.decompress(members.toByteArray(), LIMIT)).asString(UTF_8).isEqualTo("onetwo");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 4 })
	void unpackReturnsTheOriginalOfManyLayers(int layers) {
		byte[] plain = "{}".getBytes(UTF_8);

		assertThat(Gzip.unpack(GzipFile.of(plain, layers), LIMIT)).isEqualTo(plain);
	}

	@Test
	void unpackWhenFileIsCompressedTooOftenIsRefused() {
		byte[] file = GzipFile.of("{}".getBytes(UTF_8), 5);

		assertThatExceptionOfType(DownloadException.Malformed.class).isThrownBy(() -> Gzip.unpack(file, LIMIT))
			.withMessage("the object store sent a file that is compressed more than 4 times");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4 })
	void unpackWhenAnyLayerIsOverLimitIsRefused(int layers) {
		byte[] bomb = GzipFile.of(new byte[50_000_000], layers);

		assertThatExceptionOfType(DownloadException.Malformed.class).isThrownBy(() -> Gzip.unpack(bomb, LIMIT))
			.withMessage("the object store sent a file over the size limit");
	}

	@Test
	void isCompressedChecksTheMagicBytes() {
		assertThat(Gzip.isCompressed(GzipFile.of(new byte[0]))).isTrue();
		assertThat(Gzip.isCompressed(new byte[] { 0x1f, (byte) 0x8b })).isTrue();
		assertThat(Gzip.isCompressed(new byte[] { 0x1f })).isFalse();
		assertThat(Gzip.isCompressed(new byte[] { (byte) 0x8b, 0x1f })).isFalse();
		assertThat(Gzip.isCompressed(new byte[0])).isFalse();
		assertThat(Gzip.isCompressed("{}".getBytes(UTF_8))).isFalse();
	}

	private static void assertRefused(byte[] file, String reason) {
		assertThatExceptionOfType(DownloadException.Malformed.class).isThrownBy(() -> Gzip.decompress(file, LIMIT))
			.withMessage("the object store sent " + reason);
	}

	private static byte[] noise(int size) {
		byte[] bytes = new byte[size];
		new Random(42).nextBytes(bytes);
		return bytes;
	}

}
