package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import io.htgateway.budget.window.Spend;
import io.htgateway.settings.UnusableSettingsException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file in which the spend survives a restart. It is replaced as a whole, so that it
 * is the old one or the new one whatever happens meanwhile.
 */
final class StateFile {

	private static final int MAX_SIZE = 64 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final Path file;

	private final Path directory;

	private final Path next;

	StateFile(Path file) {
		this.file = file.toAbsolutePath();
		this.directory = this.file.resolveSibling("").toAbsolutePath();
		this.next = this.file.resolveSibling(this.file.getFileName() + ".tmp");
	}

	/**
	 * What the file says, or nothing where there is none.
	 * @throws IOException when it cannot be read or makes no sense
	 */
	Optional<Spend> load() throws IOException {
		try {
			if (Files.size(file) > MAX_SIZE) {
				throw new IOException("too large");
			}
			byte[] content = Files.readAllBytes(file);
			requireOwn(content);
			Spend spend = JSON.readValue(content, Spend.class);
			if (spend == null) {
				throw new IOException("empty");
			}
			return Optional.of(spend);
		}
		catch (NoSuchFileException missing) {
			return Optional.empty();
		}
		catch (JacksonException senseless) {
			throw new IOException("not the state of a budget", senseless);
		}
	}

	// The next save would overwrite it. A damaged file of the gateway begins as a whole
	// one, is empty or has zeros.
	private void requireOwn(byte[] content) {
		String text = new String(content, StandardCharsets.UTF_8).strip();
		if (text.isEmpty() || text.indexOf('\0') >= 0) {
			return;
		}
		if (!text.startsWith("{") || isAnotherObject(text)) {
			throw new UnusableSettingsException("gateway.budget.state-file is " + file
					+ ", which is not a state file of the gateway: name another file, or remove it.");
		}
	}

	private static boolean isAnotherObject(String text) {
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

	void save(Spend spend) throws IOException {
		ByteBuffer content = ByteBuffer.wrap(JSON.writeValueAsBytes(spend));
		try (FileChannel channel = FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			while (content.hasRemaining()) {
				channel.write(content);
			}
			channel.force(true);
		}
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
