package io.htgateway.testing;

import java.util.List;

import org.springframework.boot.test.system.CapturedOutput;

/**
 * The lines of one logger in the captured output, which also has those of gateways of
 * other tests that still run.
 */
public final class LogLines {

	private LogLines() {
	}

	/**
	 * Returns the lines that the given class has logged.
	 */
	public static List<String> of(Class<?> logger, CapturedOutput output) {
		String name = "." + logger.getSimpleName() + " ";
		return output.toString().lines().filter((line) -> line.contains(name)).toList();
	}

}
