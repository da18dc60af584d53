package io.htgateway.testing.s3;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Fault of a server.
 */
sealed interface S3Fault {

	/**
	 * No fault: answers every request.
	 */
	record None() implements S3Fault {
	}

	/**
	 * Delays each response for a time, or until it is released.
	 */
	record Late(Duration time, CountDownLatch released) implements S3Fault {
	}

	/**
	 * Sends only the beginning of each response, and closes the connection.
	 */
	record Cut(int bytes) implements S3Fault {
	}

	/**
	 * Answers requests of the given kinds with an error of the S3 API.
	 */
	record Refusal(Set<S3Call> calls, int status, String code) implements S3Fault {

		Refusal(int status, String code) {
			this(EnumSet.allOf(S3Call.class), status, code);
		}

		byte[] answer() {
			String body = "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>On purpose</Message></Error>"
				.formatted(code);
			return "HTTP/1.1 %d Error\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
				.formatted(status, body.length(), body)
				.getBytes(StandardCharsets.US_ASCII);
		}

	}

}
