package io.htgateway.testing.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.htgateway.testing.Leash;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Redis as a process of this machine, of the binary that embedded-redis carries. It ends
 * with this JVM.
 */
final class EmbeddedHost implements RedisHost {

	private final List<String> command;

	private final Path directory;

	private final List<Leash> sentinels = new ArrayList<>();

	private @Nullable Running running;

	private EmbeddedHost(List<String> command, Path directory) {
		this.command = command;
		this.directory = directory;
	}

	static EmbeddedHost of(int port, List<String> settings) {
		try {
			Path directory = EmbeddedBinary.newDirectory();
			List<String> command = new ArrayList<>(
					List.of(EmbeddedBinary.PATH, "--bind", "127.0.0.1", "--port", String.valueOf(port)));
			command.addAll(settings);
			return new EmbeddedHost(command, directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void start() {
		running = launch(command);
	}

	@Override
	public void startSentinel(String configuration) {
		try {
			Path file = Files.writeString(directory.resolve("sentinel.conf"), "bind 127.0.0.1\n" + configuration);
			sentinels.add(launch(List.of(EmbeddedBinary.PATH, file.toAbsolutePath().toString(), "--sentinel")).leash());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Running launch(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("redis.log").toFile()))
				.start();
			return new Running(process, Leash.on(process));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void stop() {
		Running stopping = running();
		stopping.process().destroy();
		stopping.process().onExit().join();
		stopping.leash().close();
	}

	@Override
	public void kill() {
		running().leash().close();
	}

	@Override
	public void pause() {
		running().leash().signal("STOP");
	}

	@Override
	public void resume() {
		running().leash().signal("CONT");
	}

	@Override
	public void close() {
		sentinels.forEach(Leash::close);
		if (running != null) {
			running.leash().close();
		}
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Running running() {
		if (running == null) {
			throw new IllegalStateException("Redis was not started");
		}
		return running;
	}

	private record Running(Process process, Leash leash) {

	}

}
