package io.htgateway.upstream;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.htgateway.digest.Sha256;
import io.htgateway.secret.RotatingSecret;
import io.htgateway.secret.Secret;
import io.htgateway.secret.SecretFile;
import io.htgateway.secret.UnusableSecretException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The organisation's API key: a configured value, or a file that is read again when it
 * changes.
 */
final class ApiKey implements AutoCloseable {

	private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

	private static final Pattern NAMED = Pattern.compile("^(export\\s+)?[a-z._-]*api[._-]?key\\s*[=:]",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern BEARER = Pattern.compile("^[\"'`\\s]*bearer(?![A-Za-z0-9._-])",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern HEADER = Pattern.compile("^[\"'`\\s]*(?:-H[\"'`\\s]*)?authorization\\s*[:=]",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Placeholders of examples, which cannot be keys. Excludes <code>your-key</code>: the
	 * commands of the README use it and must start as printed.
	 */
	private static final Pattern EXAMPLE = Pattern.compile(
			"<.*>|\\$?\\{.*|\\$[A-Z_]+|x{3,}|\\.{3,}|\\*+|none|null|todo"
					+ "|placeholder|(?:change|replace)[-_ ]?(?:me|this)"
					+ "|(?:(?:your|my|the|insert|enter)[-_ ]?)?(?:hypertracker[-_ ]?)?api[-_ ]?key(?:[-_ ]?here)?"
					+ "|(?:my|the|insert|enter)[-_ ]?key(?:[-_ ]?here)?|your[-_ ]?key[-_ ]?here",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern QUOTE = Pattern.compile("^[\"'`\u2018-\u201f]|[\"'`\u2018-\u201f]$");

	private static final String NOT_PRINTABLE = "has a line break, a space, a control or a non-ASCII character:"
			+ " it must be one key on one line";

	private static final String KEY = "gateway.upstream.api-key (environment variable HYPERTRACKER_API_KEY)";

	private static final String FILE = "gateway.upstream.api-key-file";

	/**
	 * Largest key in bytes: HTTP servers refuse longer headers.
	 */
	private static final int MAX_SIZE = 8 * 1024;

	private static final int MARK_SIZE = 4;

	private final RotatingSecret current;

	private final @Nullable SecretFile<Secret> file;

	private ApiKey(Secret key, @Nullable SecretFile<Secret> file) {
		this.current = new RotatingSecret(key);
		this.file = file;
	}

	/**
	 * Reads the configured key.
	 * @throws UnusableApiKeyException if it is missing or cannot be sent
	 */
	static ApiKey of(UpstreamProperties properties) {
		Path path = properties.apiKeyFile();
		if (path == null) {
			return new ApiKey(configured(properties.apiKey()), null);
		}
		if (!properties.apiKey().isEmpty()) {
			throw new UnusableApiKeyException(
					"Both gateway.upstream.api-key (or HYPERTRACKER_API_KEY) and " + FILE + " are configured.",
					"Remove one of them.");
		}
		try {
			SecretFile<Secret> file = SecretFile.read(FILE, path, MAX_SIZE, ApiKey::requireUsable);
			return new ApiKey(file.value(), file);
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableApiKeyException(SecretFile.describe(FILE, path, "key", false, unusable),
					"Correct the file.");
		}
	}

	/**
	 * Returns the key, which changes when its file changes.
	 */
	RotatingSecret current() {
		return current;
	}

	/**
	 * Starts to watch the key's file, if there is one.
	 * @param changed runs after the key has changed
	 */
	void follow(Scheduler scheduler, Runnable changed) {
		if (file != null) {
			file.onChange((key) -> () -> {
				current.replace(key);
				changed.run();
			});
			file.watch(scheduler);
		}
	}

	/**
	 * Checks the key's file soon, if there is one.
	 */
	void checkFile(Scheduler scheduler) {
		if (file != null) {
			scheduler.schedule(file::poll);
		}
	}

	/**
	 * Returns a fingerprint that distinguishes keys and reveals nothing else: 32 bits of
	 * a digest.
	 */
	String mark() {
		return HexFormat.of().formatHex(Sha256.of("mark of " + current.get().reveal()), 0, MARK_SIZE);
	}

	@Override
	public void close() {
		if (file != null) {
			file.close();
		}
	}

	private static Secret configured(Secret key) {
		if (key.isEmpty()) {
			throw UnusableApiKeyException.missing();
		}
		try {
			return requireUsable(key);
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableApiKeyException(KEY + " " + unusable.getMessage() + ".",
					"Correct HYPERTRACKER_API_KEY, or the property if the key is set there.");
		}
	}

	private static Secret requireUsable(Secret key) {
		String text = key.reveal();
		if (HEADER.matcher(text).find()) {
			throw new UnusableSecretException(
					"begins with the name of a header: give only the key, without \"Authorization: Bearer\"");
		}
		if (EXAMPLE.matcher(text).matches()) {
			throw new UnusableSecretException(
					"is the placeholder of an example: give the key of your HyperTracker plan");
		}
		if (BEARER.matcher(text).find()) {
			throw new UnusableSecretException("begins with the word Bearer: give only the key, without Bearer");
		}
		if (NAMED.matcher(text).find()) {
			throw new UnusableSecretException("starts with NAME=: remove that and give only the key");
		}
		if (QUOTE.matcher(text).find()) {
			throw new UnusableSecretException("has quotes around it: give only the key, without quotes");
		}
		if (!PRINTABLE.matcher(key.reveal()).matches()) {
			throw new UnusableSecretException(NOT_PRINTABLE);
		}
		return key;
	}

}
