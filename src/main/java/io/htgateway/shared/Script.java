package io.htgateway.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * What Redis does in one step: a Lua script, whose keys are all in one hash slot, and
 * whose result is a string or nothing.
 *
 * @param text the script as Redis gets it
 * @param sha1 the name that Redis gives it
 */
public record Script(String text, String sha1) {

	/**
	 * The script of the given name in this application.
	 */
	public static Script named(String name) {
		try {
			// Read here: the first command would read it on the event loop.
			String text = new ClassPathResource("shared/" + name + ".lua").getContentAsString(StandardCharsets.UTF_8);
			return new Script(text, DigestUtils.sha1DigestAsHex(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
