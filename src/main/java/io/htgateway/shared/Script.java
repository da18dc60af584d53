package io.htgateway.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

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
	 * Returns the script of the given names from this application's resources.
	 * @param names names of its parts, in their order
	 */
	public static Script named(String... names) {
		String text = Arrays.stream(names).map(Script::read).collect(Collectors.joining());
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
