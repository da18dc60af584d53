package io.htgateway.mistakes;

import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * The words in braces that stand in a description for what differs from run to run.
 *
 * @param directory the operator's directory
 * @param taken a port at which another server listens
 * @param closed a port at which none does
 * @param upstream the port of the upstream
 */
record Placeholders(Path directory, int taken, int closed, int upstream) {

	/**
	 * Returns the given text of a description with the values of this run.
	 */
	String special(String text) {
		return text.replace("{dir}", directory.toString())
			.replace("{taken}", Integer.toString(taken))
			.replace("{closed}", Integer.toString(closed))
			.replace("{upstream}", "127.0.0.1:" + upstream)
			.replace("{port}", Integer.toString(upstream));
	}

	/**
	 * Returns what a gateway has printed, without what is of this machine, this minute or
	 * each start.
	 */
	String general(String text) {
		return text.lines()
			.filter((line) -> !isOfEachStart(line))
			.map((line) -> line.replaceFirst("^\\d{4}-\\S+ +(INFO|WARN|ERROR) \\d+ --- .*?\\] (\\S+) +: ", "$1 "))
			.map((line) -> line.replaceFirst("^\\d\\d:\\S+ \\[main] ", ""))
			.collect(Collectors.joining("\n"))
			.replace(directory.toString(), "{dir}")
			.replace("127.0.0.1:" + upstream, "{upstream}")
			.replaceAll("\\b" + taken + "\\b", "{taken}")
			.replaceAll("\\b" + upstream + "\\b", "{port}")
			.replaceAll("\\b" + closed + "\\b", "{closed}")
			.replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"...\"")
			.replaceAll("(nextCallInSeconds=|\"retryAfterSeconds\":|\"retry_after\":)[0-9]+", "$1...")
			.replaceAll("(address=\\S+ reason=).*", "$1...")
			.replaceAll("this JVM has only [0-9]+ MB", "this JVM has only ... MB")
			.replaceAll("the user \\w+ ", "the user {user} ")
			.replaceAll("container has [0-9]+ MB", "container has ... MB")
			.replaceAll("container \\([0-9]+ MB\\)", "container (... MB)")
			.replaceAll("\n{3,}", "\n\n")
			.strip();
	}

	// Which of these come before a failure depends on the order of the beans.
	private static boolean isOfEachStart(String line) {
		return line.contains("Open mode: ") || (line.matches("\\d{4}-\\S+  INFO .*") && !line.contains("StartupCheck"));
	}

}
