package io.htgateway.state.webhook;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.htgateway.secret.Secret;
import io.htgateway.secret.SecretFile;
import io.htgateway.secret.UnusableSecretException;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.state.StateProperties;
import reactor.core.scheduler.Scheduler;

/**
 * The bearer token of the webhook: a property, or a file that may be replaced while the
 * gateway runs.
 */
final class WebhookSecret {

	private static final String PROPERTY = "gateway.state.webhook.secret";

	private static final String FILE = "gateway.state.webhook.secret-file";

	/**
	 * Shorter secrets can be guessed.
	 */
	private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]{16,512}");

	private static final String EXPECTATION = "must be 16 to 512 printable ASCII characters without spaces, for example"
			+ " the output of: openssl rand -hex 32";

	private static final int MAX_SIZE = 1024;

	private WebhookSecret() {
	}

	/**
	 * Returns the configured secret, which changes when its file changes, or nothing if
	 * the webhook is off.
	 * @throws UnusableSettingsException if it is unusable
	 */
	static Optional<Supplier<Secret>> of(StateProperties.Webhook webhook, Scheduler scheduler) {
		Path path = webhook.secretFile();
		if (path == null) {
			return webhook.secret().isEmpty() ? Optional.empty() : Optional.of(configured(webhook.secret()));
		}
		if (!webhook.secret().isEmpty()) {
			throw new UnusableSettingsException(
					"Both " + PROPERTY + " and " + FILE + " are configured: remove one of them.");
		}
		try {
			SecretFile<Secret> file = SecretFile.read(FILE, path, MAX_SIZE, WebhookSecret::requireUsable);
			file.watch(scheduler);
			return Optional.of(file::value);
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableSettingsException(SecretFile.describe(FILE, path, "secret", false, unusable));
		}
	}

	private static Supplier<Secret> configured(Secret secret) {
		if (!isUsable(secret)) {
			throw new UnusableSettingsException(PROPERTY + " " + EXPECTATION + ".");
		}
		return () -> secret;
	}

	private static Secret requireUsable(Secret content) {
		if (!isUsable(content)) {
			throw new UnusableSecretException(EXPECTATION);
		}
		return content;
	}

	private static boolean isUsable(Secret secret) {
		return USABLE.matcher(secret.reveal()).matches();
	}

}
