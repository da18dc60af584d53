package io.htgateway.shared.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.htgateway.shared.KeyNames;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.JournalException;
import io.htgateway.stream.poll.Step;
import io.htgateway.work.Work;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal in Redis, as one replica reads and writes it. Each command has the same
 * effect when it is sent again. All fail with {@link JournalException}.
 */
final class JournalScripts {

	/**
	 * Time after which another replica can take the turn of one that was killed.
	 */
	static final Duration TURN = Duration.ofSeconds(5);

	/**
	 * Longer than a listener can go on after a time in which nobody listened.
	 */
	private static final Duration RETENTION = Duration.ofDays(1);

	/**
	 * Most events of one reading, about 200 KB.
	 */
	private static final int MAX_EVENTS = 500;

	private static final String GROUP = "stream";

	private static final String LIBRARY = "stream";

	private static final Script READ = Script.named(LIBRARY, "stream-read");

	private static final Script BEGIN = Script.named(LIBRARY, "stream-begin");

	private static final Script COMMIT = Script.named(LIBRARY, "stream-commit");

	private static final Script RELEASE = Script.named("release");

	private final Commands commands;

	private final List<String> keys;

	private final long maxBytes;

	// Created once: the system's random numbers are read from a file, which blocks.
	private final String replica = UUID.randomUUID().toString();

	// Names what this replica begins and commits.
	private final AtomicLong names = new AtomicLong();

	JournalScripts(SharedStore store, long maxBytes) {
		this(store::runIdempotent, store.names(), maxBytes);
	}

	/**
	 * Creates scripts that are run in the given way, which may run them several times.
	 */
	JournalScripts(Commands commands, KeyNames keyNames, long maxBytes) {
		this.commands = commands;
		this.keys = List.of(keyNames.of(GROUP, "turn"), keyNames.of(GROUP, "head"), keyNames.of(GROUP, "events"),
				keyNames.of(GROUP, "trades"));
		this.maxBytes = maxBytes;
	}

	/**
	 * Reads the events after the given position, and takes the turn if it is free. Ends
	 * empty if there is no journal.
	 */
	Mono<Reading> read(String epoch, String position) {
		return run(READ,
				List.of(text(replica), text(TURN.toMillis()), text(epoch), text(position), text(MAX_EVENTS),
						text(RETENTION.toMillis())))
			.flatMap((reply) -> Work.on(reply.length, () -> Reading.of(reply)))
			.onErrorMap(RuntimeException.class, JournalScripts::unreadable);
	}

	/**
	 * Begins a journal if none exists. If the journal still has the known version,
	 * appends the pause and continues from the given checkpoint. Until the first poll, an
	 * earlier beginning replaces a later one.
	 * @param known version that the replica knows and replaces, or 0
	 * @param pause event that is appended if the journal still has that version
	 */
	Mono<Void> begin(long known, Checkpoint first, StreamEvent.Pause pause) {
		return run(BEGIN, List.of(text(name()), text(known), text(first.completeFrom()), json(first),
				EventText.write(pause), text(RETENTION.toMillis()), text(maxBytes)))
			.then();
	}

	/**
	 * Commits the given step after the given version. The same command counts once,
	 * however often it is sent.
	 * @return the number of new fills
	 */
	Mono<Integer> commit(long version, Step step) {
		List<byte[]> arguments = new ArrayList<>(
				List.of(text(replica), text(TURN.toMillis()), text(version), json(step.next()),
						text(step.forgetBefore()), text(RETENTION.toMillis()), text(maxBytes), text(name())));
		for (StreamEvent event : step.events()) {
			arguments.add(text((event instanceof Fill fill) ? fill.id().tid() + " " + fill.side() : ""));
			arguments.add(text((event instanceof Fill fill) ? fill.id() : ""));
			arguments.add(EventText.write(event));
		}
		return run(COMMIT, arguments).map((reply) -> {
			String added = new String(reply, StandardCharsets.US_ASCII);
			if (added.equals("lost")) {
				throw new JournalException("another replica polls");
			}
			return Integer.valueOf(added);
		});
	}

	/**
	 * Gives up the turn.
	 */
	Mono<Void> release() {
		return commands.run(RELEASE, keys.subList(0, 1), text(replica)).then();
	}

	private String name() {
		return replica + "-" + names.incrementAndGet();
	}

	private Mono<byte[]> run(Script script, List<byte[]> arguments) {
		return commands.run(script, keys, arguments.toArray(byte[][]::new))
			.onErrorMap((failure) -> new JournalException("Redis is unavailable", failure));
	}

	private static JournalException unreadable(RuntimeException failure) {
		return (failure instanceof JournalException known) ? known
				: new JournalException("the journal is unreadable", failure);
	}

	private static byte[] json(Checkpoint checkpoint) {
		return JsonMapper.shared().writeValueAsBytes(checkpoint);
	}

	private static byte[] text(Object value) {
		return SharedStore.argument(value);
	}

	/**
	 * A way to run scripts.
	 */
	interface Commands {

		/**
		 * Returns the result of the given script.
		 */
		Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments);

	}

}
