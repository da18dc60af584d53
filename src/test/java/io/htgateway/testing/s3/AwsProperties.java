package io.htgateway.testing.s3;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * System properties that configure the AWS SDK, until they are closed. They apply to the
 * whole JVM. The SDK reads the credentials again with each request.
 */
public final class AwsProperties implements AutoCloseable {

	private final Map<String, @Nullable String> before = new HashMap<>();

	private AwsProperties() {
	}

	/**
	 * Sets the given properties.
	 */
	public static AwsProperties set(Map<String, String> properties) {
		AwsProperties set = new AwsProperties();
		properties.forEach((name, value) -> set.before.put(name, System.setProperty(name, value)));
		return set;
	}

	@Override
	public void close() {
		before.forEach((name, value) -> {
			if (value == null) {
				System.clearProperty(name);
			}
			else {
				System.setProperty(name, value);
			}
		});
	}

}
