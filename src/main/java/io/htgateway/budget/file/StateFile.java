package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.htgateway.budget.account.Account;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.saved.Spend;
import io.htgateway.durable.DurableFile;
import io.htgateway.settings.UnusableSettingsException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file in which the spend survives a restart. It is replaced as a whole, so that
 * after a crash it has either the old or the new content.
 */
final class StateFile {

	private static final int MAX_SIZE = 16 * 1024 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.addModule(AccountForm.module())
		.withConfigOverride(Usage.class, (usage) -> usage.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)))
		.build();

	private final Path file;

	private final DurableFile saved;

	private final MonthFiles months;

	StateFile(Path file) {
		this.file = file.toAbsolutePath();
		this.saved = new DurableFile(this.file, this.file.resolveSibling(this.file.getFileName() + ".tmp"));
		this.months = new MonthFiles(this.file, JSON);
	}

	/**
	 * Returns the saved spend, or nothing if the file does not exist.
	 * @throws IOException if the file cannot be read or is malformed
	 * @throws UnusableSettingsException if it is not a state file
	 */
	Optional<Spend> load() throws IOException {
		try {
			if (Files.size(file) > MAX_SIZE) {
				throw new IOException("too large");
			}
			byte[] content = Files.readAllBytes(file);
			requireStateFile(content);
			Spend spend = JSON.treeToValue(withAccounts(JSON.readTree(content)), Spend.class);
			if (spend == null) {
				throw new IOException("empty");
			}
			return Optional.of(spend);
		}
		catch (NoSuchFileException missing) {
			return Optional.empty();
		}
		catch (JacksonException malformed) {
			throw new IOException("malformed", malformed);
		}
	}

	// Earlier versions saved no accounts, or not since when their calls are known.
	private static JsonNode withAccounts(JsonNode content) {
		if (content instanceof ObjectNode spend && !spend.has("accounts")) {
			return spend.putNull("accounts");
		}
		if (content.path("accounts") instanceof ObjectNode accounts && !accounts.has("since")) {
			accounts.putNull("since");
		}
		return content;
	}

	/**
	 * Returns the saved accounts of months that have ended, as far as they can be read.
	 */
	Map<YearMonth, Account> loadMonths() {
		return months.load();
	}

	// The next save would overwrite a foreign file. A damaged state file begins like an
	// intact one, is empty or contains zeros.
	private void requireStateFile(byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8).strip();
		if (text.isEmpty() || text.indexOf('\0') >= 0) {
			return;
		}
		if (!text.startsWith("{") || isOtherJson(text)) {
			throw new UnusableSettingsException("gateway.budget.state-file is " + file
					+ ", which is not a state file of the gateway: name another file, or remove it.");
		}
	}

	private static boolean isOtherJson(String text) {
		try {
			JsonNode json = JSON.readTree(text);
			return !json.isEmpty() && !json.has("savedAt") && !json.has("windows");
		}
		catch (JacksonException damaged) {
			return false;
		}
	}

	@Override
	public String toString() {
		return file.toString();
	}

	/**
	 * Saves the spend with the account of the current month. The accounts of other months
	 * have files of their own, which are written before if they have changed.
	 */
	void save(Spend spend) throws IOException {
		months.save(spend.closedMonths());
		saved.replace(JSON.writeValueAsBytes(spend.ofCurrentMonth()));
	}

}
