package io.htgateway.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets tests wait for conditions without a pause before the first look, and for long
 * where the machine is busy. On for every test class.
 */
public final class Patience implements BeforeAllCallback {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	static {
		Awaitility.setDefaultPollDelay(Duration.ZERO);
		Awaitility.setDefaultPollInterval(INTERVAL);
		Awaitility.setDefaultTimeout(LONGEST);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// All is done when the class is loaded.
	}

}
