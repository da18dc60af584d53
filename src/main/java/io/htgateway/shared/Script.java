package io.htgateway.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.DigestUtils;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What Redis does in one step: a Lua script, whose keys are all in one hash slot, and
 * whose result is a string or nothing. Unlike Spring Data's own, it takes no lock to name
 * itself, for which event loops would wait for each other.
 *
 * @param text the script as Redis gets it
 * @param sha1 the name that Redis gives it
 */
public record Script(String text, String sha1) implements RedisScript<byte[]> {

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

	@Override
	public String getScriptAsString() {
		return text;
	}

	@Override
	public String getSha1() {
		return sha1;
	}

	@Override
	public Class<byte[]> getResultType() {
		return byte[].class;
	}

}
