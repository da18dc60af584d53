package io.htgateway.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * A Lua script, which Redis runs in one step. All its keys are in one hash slot, and its
 * result is a string or nothing.
 *
 * @param text source of the script
 * @param sha1 digest by which Redis identifies it
 */
public record Script(String text, String sha1) {

	/**
	 * Returns the script of the given name from this application's resources.
	 */
	public static Script named(String name) {
		return of(read(name));
	}

	/**
	 * Returns the script of the given name after definitions that it shares with others.
	 * @param shared name of the definitions
	 */
	public static Script named(String shared, String name) {
		return of(read(shared) + read(name));
	}

	private static Script of(String text) {
		return new Script(text, DigestUtils.sha1DigestAsHex(text));
	}

	private static String read(String name) {
		try {
			// Read at once: otherwise the first command would read the file on the event
			// loop.
			return new ClassPathResource("shared/" + name + ".lua").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
