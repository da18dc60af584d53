package io.htgateway.shared;

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
		return new Script(RedisScript.of(new ClassPathResource("shared/" + name + ".lua"), byte[].class));
	}

}
