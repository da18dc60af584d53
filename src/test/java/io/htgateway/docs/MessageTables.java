package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.HttpStatus;

/**
 * The tables of <code>docs/messages.md</code>: problems and log lines as the source code
 * has them, and startup failures as they were answered to the recorded mistakes of
 * operators.
 */
final class MessageTables {

	private static final Path MISTAKES = Path.of("src/test/resources/mistakes");

	private static final Pattern FAILURE = Pattern.compile("(?s)Description:\n\n(.*?)\n\nAction:\n\n(.*?)\n\n");

	private static final Pattern LOGGED = Pattern
		.compile("(?:(?:OWN_)?LOG|LoggerFactory\\.getLogger\\(.*\\))\\s*\\.(info|warn|error)");

	private static final Set<String> FAILURES = Set.of("UpstreamException", "UpstreamRefusal", "DownloadException",
			"CacheRefusal", "TeamRefusal", "BudgetExhausted", "UnavailableException", "DamagedSnapshotException");

	private final List<SourceTexts.Call> calls;

	MessageTables() throws IOException {
		this.calls = SourceTexts.calls();
	}

	/**
	 * Returns each table under the heading of its section.
	 */
	Map<String, String> all() throws IOException {
		Map<String, String> tables = new LinkedHashMap<>();
		tables.put("Problems", table("type | status | title", problems()));
		tables.put("Details of problems", table("detail | stated by", details()));
		tables.put("Log lines", table("level | message | logger", logLines()));
		tables.put("Startup failures", table("what happened and why | what to do", startupFailures()));
		return tables;
	}

	private Set<String> problems() {
		return rows(
				(call) -> call.type().equals("ProblemDetails")
						&& Set.of("of", "waiting", "new ProblemDetails").contains(call.target())
						&& call.expressions().size() > 3 && !call.text(2).isEmpty(),
				(call) -> problemType(call) + " | " + status(call) + " | " + call.text(2));
	}

	private static String problemType(SourceTexts.Call call) {
		String prefix = call.target().equals("waiting") ? "https://iana.org/assignments/http-problem-types#" : "";
		return "`" + prefix + call.arguments().get(1) + "`";
	}

	private static String status(SourceTexts.Call call) {
		String written = call.expressions().getFirst();
		return written.startsWith("HttpStatus.")
				? String.valueOf(HttpStatus.valueOf(written.substring("HttpStatus.".length())).value())
				: "that of the upstream";
	}

	private Set<String> details() {
		Set<String> rows = new TreeSet<>(
				rows((call) -> call.target().equals("super") && isFailure(call.type()) && !call.text(0).isEmpty(),
						(call) -> call.text(0) + " | `" + call.type() + "`"));
		rows.addAll(rows(
				(call) -> isFailure(call.target()) && !call.type().startsWith("Documented") && !call.text(0).isEmpty(),
				(call) -> beginning(call.target()) + call.text(0) + " | `" + call.type() + "`"));
		return rows;
	}

	private static boolean isFailure(String name) {
		return FAILURES.stream().anyMatch((failure) -> name.matches("(new )?" + failure + "([.].*)?"));
	}

	// What the exceptions put before a description of the response.
	private static String beginning(String target) {
		if (target.endsWith("UpstreamException.Malformed.ofLink")) {
			return "the upstream gave a link that may not be followed: ";
		}
		if (target.contains("UpstreamException.Malformed")) {
			return "the upstream sent ";
		}
		if (target.endsWith("DownloadException.Malformed")) {
			return "the object store sent ";
		}
		return target.endsWith("DownloadException.TargetRefused") ? "the upstream gave " : "";
	}

	/**
	 * Returns the classes that log a line whose text is not in the source code.
	 */
	Set<String> logsWithoutText() {
		return rows((call) -> LOGGED.matcher(call.target()).matches() && call.text(0).isEmpty(),
				SourceTexts.Call::type);
	}

	private Set<String> logLines() {
		Set<String> rows = new TreeSet<>();
		for (String row : rows((call) -> LOGGED.matcher(call.target()).matches() && !call.text(0).isEmpty(),
				(call) -> call.target().replaceAll(".*[.]", "").toUpperCase(Locale.ROOT) + " | " + call.text(0) + " | `"
						+ call.type() + "`")) {
			rows.addAll(row.contains(" | {}: ") || row.contains(" | {} (") ? withEvents(row) : Set.of(row));
		}
		return rows;
	}

	// One line for several events has their words in an enum.
	private Set<String> withEvents(String row) {
		return rows((call) -> call.target().equals("new Kind") && !call.text(1).isEmpty(),
				(call) -> row.replaceFirst("[{][}]", Matcher.quoteReplacement(call.text(0))));
	}

	private static Set<String> startupFailures() throws IOException {
		Set<String> rows = new TreeSet<>();
		try (Stream<Path> files = Files.list(MISTAKES)) {
			for (Path file : files.sorted().toList()) {
				Matcher failure = FAILURE.matcher(Files.readString(file));
				if (failure.find()) {
					rows.add(cell(failure.group(1)) + " | " + cell(failure.group(2)));
				}
			}
		}
		return rows;
	}

	private Set<String> rows(Predicate<SourceTexts.Call> filter, Function<SourceTexts.Call, String> row) {
		return calls.stream()
			.filter(filter)
			.map(row)
			.map(MessageTables::cell)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String cell(String text) {
		return text.strip().replaceAll("\\s*\n\\s*", " ").replace("<", "&lt;");
	}

	private static String table(String head, Set<String> rows) {
		List<String> lines = new ArrayList<>();
		lines.add("| " + head + " |");
		lines.add(head.replaceAll("[^|]+", "---").replaceAll("^|$", "|"));
		rows.forEach((row) -> lines.add("| " + row + " |"));
		return String.join("\n", lines) + "\n";
	}

}
