package io.htgateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Ends a process that a test started when the tests' JVM ends, however that ends: a shell
 * waits for the end of its input, which comes also where no shutdown hook runs.
 */
public final class Leash implements AutoCloseable {

	private final Process held;

	private final Process shell;

	private Leash(Process held, Process shell) {
		this.held = held;
		this.shell = shell;
	}

	/**
	 * Holds a process that was just started.
	 */
	public static Leash on(Process process) {
		try {
			return new Leash(process,
					new ProcessBuilder("/bin/sh", "-c", "read nothing; kill -9 " + process.pid())
						.redirectOutput(ProcessBuilder.Redirect.DISCARD)
						.redirectError(ProcessBuilder.Redirect.DISCARD)
						.start());
		}
		catch (IOException ex) {
			process.destroyForcibly();
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a signal, such as {@code STOP}.
	 */
	public void signal(String name) {
		try {
			Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + held.pid()).start();
			if (kill.waitFor() != 0) {
				throw new IllegalStateException("no such process: " + held.pid());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ends the process without asking it.
	 */
	@Override
	public void close() {
		// Before the process: its number may be given to another one.
		shell.destroyForcibly();
		held.destroyForcibly();
		held.onExit().join();
		shell.onExit().join();
	}

}
