package io.htgateway.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class in which Netty found that a buffer was collected unreleased. On
 * for every test class.
 */
public final class NettyLeaks implements BeforeAllCallback, AfterAllCallback {

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	static {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
			throw new AssertionError("tests must run with paranoid leak detection");
		}
		context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(LastCheck.class, (key) -> new LastCheck());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		failIfAny();
	}

	private static void failIfAny() {
		List<String> leaks = Stream.generate(LEAKS::poll).takeWhile(Objects::nonNull).toList();
		if (!leaks.isEmpty()) {
			throw new AssertionError("buffers were not released: " + leaks);
		}
	}

	/**
	 * Looks for leaks of the last classes when all have run. It leaks a buffer of its
	 * own, and when that is found, all that leaked before it has been found too.
	 */
	private static final class LastCheck implements AutoCloseable {

		private static final String OWN = "leaked on purpose";

		@Override
		public void close() {
			leak();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
				System.gc();
				PooledByteBufAllocator.DEFAULT.buffer().release();
				return LEAKS.removeIf((leak) -> leak.contains(OWN));
			});
			failIfAny();
		}

		private static void leak() {
			PooledByteBufAllocator.DEFAULT.buffer().touch(OWN);
		}

	}

	private static final class RecordingFactory extends ResourceLeakDetectorFactory {

		@Override
		@SuppressWarnings("deprecation")
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
				long maxActive) {
			return new Recording<>(resource, samplingInterval);
		}

		@Override
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
			return new Recording<>(resource, samplingInterval);
		}

	}

	private static final class Recording<T> extends ResourceLeakDetector<T> {

		@SuppressWarnings("deprecation")
		Recording(Class<T> resource, int samplingInterval) {
			super(resource, samplingInterval);
		}

		@Override
		protected void reportTracedLeak(String resourceType, String records) {
			LEAKS.add(resourceType + records);
		}

		@Override
		protected void reportUntracedLeak(String resourceType) {
			LEAKS.add(resourceType);
		}

	}

}
