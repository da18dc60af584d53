package io.htgateway.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.lettuce.core.RedisNoScriptException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveScriptingCommands;
import org.springframework.data.redis.connection.ReturnType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends scripts to Redis on one connection, which is looked up from time to time and not
 * for each command: to look it up takes a lock, and event loops must not wait for each
 * other.
 */
final class Commands {

	private final ReactiveRedisConnectionFactory connections;

	/**
	 * Digests of the scripts that were sent to Redis before. The first run of a script
	 * needs no second round trip.
	 */
	private final Set<String> sent = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ReactiveRedisConnection connection;

	Commands(ReactiveRedisConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Looks up the connection for all that is run from now on. Blocks while it is made.
	 */
	void connect() {
		connection = connections.getReactiveConnection();
	}

	/**
	 * What the given script returns, or nothing.
	 */
	Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
		return Mono.defer(() -> {
			ReactiveRedisConnection found = connection;
			if (found == null) {
				return Mono.error(new IllegalStateException("not connected so far"));
			}
			ReactiveScriptingCommands scripting = found.scriptingCommands();
			return sent.contains(script.sha1())
					? byDigest(scripting, script, keys, arguments).onErrorResume(Commands::isUnknownScript,
							(unknown) -> whole(scripting, script, keys, arguments))
					: whole(scripting, script, keys, arguments).doOnSuccess((result) -> sent.add(script.sha1()));
		});
	}

	private static Mono<byte[]> byDigest(ReactiveScriptingCommands scripting, Script script, List<String> keys,
			byte[]... arguments) {
		return first(
				scripting.<ByteBuffer>evalSha(script.sha1(), ReturnType.VALUE, keys.size(), buffers(keys, arguments)));
	}

	private static Mono<byte[]> whole(ReactiveScriptingCommands scripting, Script script, List<String> keys,
			byte[]... arguments) {
		return first(scripting.<ByteBuffer>eval(ByteBuffer.wrap(bytes(script.text())), ReturnType.VALUE, keys.size(),
				buffers(keys, arguments)));
	}

	private static Mono<byte[]> first(Flux<ByteBuffer> results) {
		return results.next().map((result) -> {
			byte[] bytes = new byte[result.remaining()];
			result.get(bytes);
			return bytes;
		});
	}

	private static boolean isUnknownScript(Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(failure) instanceof RedisNoScriptException;
	}

	private static ByteBuffer[] buffers(List<String> keys, byte[]... arguments) {
		Stream<byte[]> names = keys.stream().map(Commands::bytes);
		return Stream.concat(names, Stream.of(arguments)).map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
