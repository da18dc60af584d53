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
 * The organisation's API key: configured once, or in a file that may be replaced.
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
	 * What stands in examples, and no key could be. Not <code>your-key</code>: the README
	 * prints it, and its commands start as printed.
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
	 * More would be refused by any HTTP server as part of a header.
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
	 * The key that is configured.
	 * @throws UnusableApiKeyException where there is none that could be sent
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
	 * The key as it is now.
	 */
	RotatingSecret current() {
		return current;
	}

	/**
	 * Follows the file from now on, if the key is in one.
	 * @param changed is run when another key is in use
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
	 * Looks at the file soon, if the key is in one.
	 */
	void look(Scheduler scheduler) {
		if (file != null) {
			scheduler.schedule(file::poll);
		}
	}

	/**
	 * Returns a mark that differs between keys and reveals nothing else: 32 bits of a
	 * digest.
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
					"Correct HYPERTRACKER_API_KEY, or where else the key is set.");
		}
	}

	private static Secret requireUsable(Secret key) {
		String text = key.reveal();
		if (HEADER.matcher(text).find()) {
			throw new UnusableSecretException(
					"begins with the name of a header: give the key alone, without \"Authorization: Bearer\"");
		}
		if (EXAMPLE.matcher(text).matches()) {
			throw new UnusableSecretException("has the text of an example: give the key of your HyperTracker plan");
		}
		if (BEARER.matcher(text).find()) {
			throw new UnusableSecretException("begins with the word Bearer: give the key alone, without Bearer");
		}
		if (NAMED.matcher(text).find()) {
			throw new UnusableSecretException("starts with NAME=: remove it and leave the key alone");
		}
		if (QUOTE.matcher(text).find()) {
			throw new UnusableSecretException("has quotes around it: give the key alone, without quotes");
		}
		if (!PRINTABLE.matcher(key.reveal()).matches()) {
			throw new UnusableSecretException(NOT_PRINTABLE);
		}
		return key;
	}

}
