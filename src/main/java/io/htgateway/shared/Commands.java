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
 * Sends scripts to Redis on one connection. The connection is not looked up for each
 * command, because a lookup takes a lock, and event loops must not wait for each other.
 */
final class Commands {

	private final ReactiveRedisConnectionFactory connections;

	/**
	 * Digests of the scripts that were sent to Redis before, and can be run by their
	 * digest. The first run sends the text, and so needs no second round trip.
	 */
	private final Set<String> sent = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ReactiveRedisConnection connection;

	Commands(ReactiveRedisConnectionFactory connections) {
		this.connections = connections;
	}

	/**
	 * Looks up the connection for all further commands. Blocks while a connection is
	 * made.
	 */
	void connect() {
		connection = connections.getReactiveConnection();
	}

	/**
	 * Returns the result of the given script, or nothing.
	 */
	Mono<byte[]> run(Script script, List<String> keys, byte[]... arguments) {
		return Mono.defer(() -> {
			ReactiveRedisConnection current = connection;
			if (current == null) {
				return Mono.error(new IllegalStateException("not connected yet"));
			}
			ReactiveScriptingCommands scripting = current.scriptingCommands();
			return sent.contains(script.sha1())
					? byDigest(scripting, script, keys, arguments).onErrorResume(Commands::isUnknownScript,
							(unknown) -> byText(scripting, script, keys, arguments))
					: byText(scripting, script, keys, arguments).doOnSuccess((result) -> sent.add(script.sha1()));
		});
	}

	private static Mono<byte[]> byDigest(ReactiveScriptingCommands scripting, Script script, List<String> keys,
			byte[]... arguments) {
		return first(
				scripting.<ByteBuffer>evalSha(script.sha1(), ReturnType.VALUE, keys.size(), buffers(keys, arguments)));
	}

	private static Mono<byte[]> byText(ReactiveScriptingCommands scripting, Script script, List<String> keys,
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
