package io.htgateway.settings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Description of the first error in a file that is not valid YAML. Gives its line, and no
 * text of the file, which may be a secret.
 */
public final class YamlProblem {

	/**
	 * Description of a file with a list or section that is an element of itself.
	 */
	public static final String ENDLESS = "is YAML without end: a list or section contains itself";

	private YamlProblem() {
	}

	/**
	 * Returns the description, as the end of a sentence that begins with the file.
	 * @param content the bytes of the file
	 */
	public static String of(YAMLException bad, byte[] content) {
		if (bad instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
			return "is not valid YAML at line %d, column %d".formatted(marked.getProblemMark().getLine() + 1,
					marked.getProblemMark().getColumn() + 1);
		}
		int line = 1;
		for (int from = 0; from < content.length; line++) {
			int end = from;
			while (end < content.length && content[end] != '\n') {
				end++;
			}
			String problem = ofLine(Arrays.copyOfRange(content, from, end), line);
			if (!problem.isEmpty()) {
				return problem;
			}
			from = end + 1;
		}
		return "is not valid YAML";
	}

	private static String ofLine(byte[] bytes, int line) {
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(bytes))
				.codePoints()
				.filter((character) -> !StreamReader.isPrintable(character))
				.mapToObj((character) -> "has a control character (U+%04X) in line %d, which YAML does not allow"
					.formatted(character, line))
				.findFirst()
				.orElse("");
		}
		catch (CharacterCodingException notText) {
			return "is not text in UTF-8: line %d has another encoding".formatted(line);
		}
	}

}
