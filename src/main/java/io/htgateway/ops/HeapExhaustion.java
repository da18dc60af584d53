package io.htgateway.ops;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Set;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ends the process when its heap is full, as <code>-XX:+ExitOnOutOfMemoryError</code>
 * does if that option is set. Clients then see the end of their connection instead of
 * waiting for a lost response. The error is detected when Reactor, Netty or the gateway
 * logs it, or when it ends a thread. Spring Boot finds this listener in
 * <code>META-INF/spring.factories</code>.
 */
final class HeapExhaustion extends UnsynchronizedAppenderBase<ILoggingEvent>
		implements UncaughtExceptionHandler, ApplicationListener<ApplicationPreparedEvent> {

	/**
	 * Exit code of a JVM with that option.
	 */
	private static final int EXIT_CODE = 3;

	// Messages of the JVM when it is out of memory. Off-heap memory that cannot be
	// reserved, and an array that is too long, fail only one request.
	private static final Set<String> FULL = Set.of("Java heap space", "GC overhead limit exceeded", "Metaspace",
			"Compressed class space");

	private static final int MAX_CAUSES = 20;

	private final Runnable exit;

	private @Nullable UncaughtExceptionHandler previousHandler;

	HeapExhaustion() {
		this(() -> Runtime.getRuntime().halt(EXIT_CODE));
	}

	HeapExhaustion(Runnable exit) {
		this.exit = exit;
	}

	/**
	 * Starts to detect the error, once logging is set up, in a process that the
	 * application's own main method started. Another process, such as one of tests, must
	 * not be ended by the application.
	 */
	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		SpringApplication application = event.getSpringApplication();
		if (application.getAllSources().contains(application.getMainApplicationClass())) {
			open();
		}
	}

	void open() {
		setContext(logging());
		setName("heap-exhaustion");
		start();
		root().addAppender(this);
		previousHandler = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler(this);
	}

	private static LoggerContext logging() {
		return (LoggerContext) LoggerFactory.getILoggerFactory();
	}

	private static Logger root() {
		return logging().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
			check(failure.getThrowable());
		}
	}

	@Override
	public void uncaughtException(Thread thread, Throwable failure) {
		check(failure);
		if (previousHandler != null) {
			previousHandler.uncaughtException(thread, failure);
		}
		else {
			LoggerFactory.getLogger(HeapExhaustion.class)
				.error("Thread ended by an uncaught exception: name={}", thread.getName(), failure);
		}
	}

	private void check(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < MAX_CAUSES && cause != null; depth++) {
			if (cause instanceof OutOfMemoryError error && isFull(error)) {
				terminate(error);
			}
			cause = cause.getCause();
		}
	}

	private static boolean isFull(OutOfMemoryError error) {
		return error.getMessage() != null && FULL.contains(error.getMessage());
	}

	// Prints the same words as the JVM. There may be no memory left for the message.
	private void terminate(OutOfMemoryError error) {
		try {
			System.err.println("Terminating due to java.lang.OutOfMemoryError: " + error.getMessage());
		}
		finally {
			exit.run();
		}
	}

	/**
	 * Stops detecting the error.
	 */
	void close() {
		root().detachAppender(this);
		stop();
		Thread.setDefaultUncaughtExceptionHandler(previousHandler);
	}

}
