package io.htgateway.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What Redis does in one step: a Lua script, whose keys are all in one hash slot, and
 * whose result is a string or nothing.
 *
 * @param source the script as Redis gets it
 */
public record Script(RedisScript<byte[]> source) {

	/**
	 * The script of the given name in this application.
	 */
	public static Script named(String name) {
		try {
			// Read here: the first command would read it on the event loop.
			String text = new ClassPathResource("shared/" + name + ".lua").getContentAsString(StandardCharsets.UTF_8);
			return new Script(RedisScript.of(text, byte[].class));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
