package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.account.Account;
import io.htgateway.budget.account.Book;
import io.htgateway.durable.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The accounts of months that have ended, each in a file beside the state file: its name
 * with the month appended. They hardly ever change, so the state file stays small.
 */
final class MonthFiles {

	private static final Logger LOG = LoggerFactory.getLogger(MonthFiles.class);

	private final Path directory;

	private final String prefix;

	private final JsonMapper json;

	/**
	 * The accounts as their files have them.
	 */
	private final Map<YearMonth, Account> written = new HashMap<>();

	MonthFiles(Path stateFile, JsonMapper json) {
		this.directory = stateFile.resolveSibling("").toAbsolutePath();
		this.prefix = stateFile.getFileName() + ".";
		this.json = json;
	}

	/**
	 * Returns the accounts in all files, without those that cannot be read.
	 */
	Map<YearMonth, Account> load() {
		for (YearMonth month : months()) {
			try {
				written.put(month, json.readValue(Files.readAllBytes(file(month)), Account.class));
			}
			catch (IOException | JacksonException failure) {
				LOG.error("Account of a month cannot be read; it is missing from /actuator/gateway/accounts: file={}"
						+ " reason={}", file(month), failure.getMessage());
			}
		}
		return Map.copyOf(written);
	}

	/**
	 * Writes the given accounts that have changed, and deletes files that are older than
	 * those of the latest months.
	 */
	void save(Map<YearMonth, Account> closed) throws IOException {
		for (Map.Entry<YearMonth, Account> month : closed.entrySet()) {
			if (!month.getValue().equals(written.get(month.getKey()))) {
				Path file = file(month.getKey());
				new DurableFile(file, directory.resolve(prefix + "tmp"))
					.replace(json.writeValueAsBytes(month.getValue()));
				written.put(month.getKey(), month.getValue());
				deleteOld();
			}
		}
	}

	private void deleteOld() throws IOException {
		List<YearMonth> months = months().stream().sorted().toList();
		for (YearMonth old : months.subList(0, Math.max(0, months.size() - Book.MAX_MONTHS + 1))) {
			Files.delete(file(old));
		}
	}

	private List<YearMonth> months() {
		List<YearMonth> months = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
				(file) -> file.getFileName().toString().startsWith(prefix))) {
			files.forEach((file) -> add(file.getFileName().toString().substring(prefix.length()), months));
		}
		catch (IOException failure) {
			LOG.error("Accounts of earlier months cannot be read: directory={} reason={}", directory,
					failure.getMessage());
		}
		return months;
	}

	// Other files, such as the lock, have names that are not months.
	private static void add(String name, List<YearMonth> months) {
		try {
			months.add(YearMonth.parse(name));
		}
		catch (DateTimeException other) {
			// Not a month.
		}
	}

	private Path file(YearMonth month) {
		return directory.resolve(prefix + month);
	}

}
