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
 * does where that option is set. Clients then see the end of their connection instead of
 * waiting for a lost answer. The error is detected where Reactor, Netty and the gateway
 * log it, or in a thread that it ends. Spring Boot finds this listener in
 * <code>META-INF/spring.factories</code>.
 */
final class HeapExhaustion extends UnsynchronizedAppenderBase<ILoggingEvent>
		implements UncaughtExceptionHandler, ApplicationListener<ApplicationPreparedEvent> {

	/**
	 * Exit code of the JVM with that option.
	 */
	private static final int EXIT_CODE = 3;

	// Messages of the JVM without memory left. Memory off the heap that cannot be
	// reserved, or an array that is too long, fails only one request.
	private static final Set<String> FULL = Set.of("Java heap space", "GC overhead limit exceeded", "Metaspace",
			"Compressed class space");

	private static final int MAX_CAUSES = 20;

	private final Runnable end;

	private @Nullable UncaughtExceptionHandler before;

	HeapExhaustion() {
		this(() -> Runtime.getRuntime().halt(EXIT_CODE));
	}

	HeapExhaustion(Runnable end) {
		this.end = end;
	}

	/**
	 * Starts to detect the error, once logging is set up, in a process that the
	 * application's own main method started. Another process, such as one of tests, is
	 * not the application's to end.
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
		before = Thread.getDefaultUncaughtExceptionHandler();
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
		if (before != null) {
			before.uncaughtException(thread, failure);
		}
		else {
			LoggerFactory.getLogger(HeapExhaustion.class).error("Thread ended: name={}", thread.getName(), failure);
		}
	}

	private void check(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < MAX_CAUSES && cause != null; depth++) {
			if (cause instanceof OutOfMemoryError error && isFull(error)) {
				say(error);
			}
			cause = cause.getCause();
		}
	}

	private static boolean isFull(OutOfMemoryError error) {
		return error.getMessage() != null && FULL.contains(error.getMessage());
	}

	// In the words of the JVM. There may be no memory left for the message.
	private void say(OutOfMemoryError error) {
		try {
			System.err.println("Terminating due to java.lang.OutOfMemoryError: " + error.getMessage());
		}
		finally {
			end.run();
		}
	}

	/**
	 * Stops detecting the error.
	 */
	void close() {
		root().detachAppender(this);
		stop();
		Thread.setDefaultUncaughtExceptionHandler(before);
	}

}
