package io.htgateway.access.issuer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.htgateway.secret.Secret;
import io.htgateway.secret.SecretFile;
import io.htgateway.secret.UnusableSecretException;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.tls.ClientTls;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

/**
 * HTTP client for requests to the issuer of JWTs. Follows no redirects.
 */
public final class IssuerClient implements AutoCloseable {

	private static final String CA_FILE = "gateway.access.jwt.ca-file";

	private static final String TOKEN_FILE = "gateway.access.jwt.token-file";

	private static final int MAX_CA_SIZE = 1024 * 1024;

	private static final int MAX_TOKEN_SIZE = 16 * 1024;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

	private final List<SecretFile<?>> files = new ArrayList<>();

	private final AtomicReference<ClientHttpConnector> connector;

	private final WebClient client;

	/**
	 * Creates a client.
	 * @param issuer configured URL of the issuer or of its keys, or null if no JWTs are
	 * accepted
	 * @param certificates the certificates that other clients trust, or null
	 * @throws UnusableSettingsException if a file cannot be used, or would have no effect
	 */
	public IssuerClient(IssuerProperties properties, @Nullable URI issuer, @Nullable SslBundle certificates) {
		requireUse(CA_FILE, properties.caFile(), issuer);
		requireUse(TOKEN_FILE, properties.tokenFile(), issuer);
		SecretFile<SslBundle> authorities = read(CA_FILE, properties.caFile(), "certificates", MAX_CA_SIZE,
				AuthorityFile::parse);
		this.connector = new AtomicReference<>(connector((authorities != null) ? authorities.value() : certificates));
		if (authorities != null) {
			authorities.onChange(this::trust);
		}
		// Not built from the application's WebClient.Builder, whose filters are meant for
		// upstream calls.
		WebClient.Builder builder = WebClient.builder()
			.clientConnector((method, uri, request) -> connector.get().connect(method, uri, request));
		SecretFile<Secret> token = read(TOKEN_FILE, properties.tokenFile(), "token", MAX_TOKEN_SIZE,
				IssuerToken::requireToken);
		if (token != null && issuer != null) {
			builder.filter(new IssuerToken(issuer, token::value));
		}
		this.client = builder.build();
	}

	/**
	 * Returns the client.
	 */
	public WebClient client() {
		return client;
	}

	/**
	 * Starts to watch the files.
	 * @param scheduler runs the polls, which may block
	 */
	public void watch(Scheduler scheduler) {
		files.forEach((file) -> file.watch(scheduler));
	}

	/**
	 * Reads the files now.
	 */
	void poll() {
		files.forEach(SecretFile::poll);
	}

	// Connections to the issuer that exist are no longer used.
	private Runnable trust(SslBundle authorities) {
		ClientHttpConnector next = connector(authorities);
		return () -> connector.set(next);
	}

	private static ClientHttpConnector connector(@Nullable SslBundle certificates) {
		return ClientHttpConnectorBuilder.reactor()
			.withHttpClientFactory(() -> ClientTls.secure(HttpClient.create(), certificates))
			.build(HttpClientSettings.defaults()
				.withRedirects(HttpRedirects.DONT_FOLLOW)
				.withTimeouts(CONNECT_TIMEOUT, READ_TIMEOUT));
	}

	private <T> @Nullable SecretFile<T> read(String property, @Nullable Path path, String content, int maxSize,
			Function<Secret, T> parser) {
		if (path == null) {
			return null;
		}
		try {
			SecretFile<T> file = SecretFile.read(property, path, maxSize, parser);
			files.add(file);
			return file;
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableSettingsException(SecretFile.describe(property, path, content, true, unusable));
		}
	}

	private static void requireUse(String property, @Nullable Path path, @Nullable URI issuer) {
		if (path != null && issuer == null) {
			throw new UnusableSettingsException(property + " has no effect without an issuer: set"
					+ " gateway.access.jwt.issuer-uri, such as https://kubernetes.default.svc.cluster.local, or remove "
					+ property + ".");
		}
		if (path != null && issuer != null && !"https".equalsIgnoreCase(issuer.getScheme())) {
			throw new UnusableSettingsException(property + " needs an https URL in gateway.access.jwt.jwk-set-uri, or"
					+ " else in gateway.access.jwt.issuer-uri, such as https://kubernetes.default.svc/openid/v1/jwks.");
		}
	}

	@Override
	public void close() {
		files.forEach(SecretFile::close);
	}

}
