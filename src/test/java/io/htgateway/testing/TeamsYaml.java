package io.htgateway.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes the content of a file with teams.
 */
public final class TeamsYaml {

	private final StringBuilder text = new StringBuilder("gateway:\n  access:\n    teams:\n");

	/**
	 * The same with another team.
	 * @param more other properties of it, as <code>name: value</code>
	 */
	public TeamsYaml with(String name, String token, String... more) {
		text.append("      - name: ")
			.append(name)
			.append("\n        token-sha256: \"")
			.append(sha256(token))
			.append("\"\n");
		for (String property : more) {
			text.append("        ").append(property).append('\n');
		}
		return this;
	}

	@Override
	public String toString() {
		return text.toString();
	}

	private static String sha256(String token) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
