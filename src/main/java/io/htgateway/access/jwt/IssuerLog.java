package io.htgateway.access.jwt;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Logs once when the keys of JWTs become unavailable, once when they can be read again,
 * and once which keys are unusable. Of the received data only the status is logged.
 */
final class IssuerLog {

	private static final Logger LOG = LoggerFactory.getLogger(IssuerLog.class);

	private final String property;

	private final String url;

	private final AtomicBoolean failing = new AtomicBoolean();

	// Troubles since the last good answer.
	private final Set<String> troubles = new ConcurrentSkipListSet<>();

	private final AtomicReference<String> ignored = new AtomicReference<>("");

	/**
	 * Creates a log about the given configured URL of the named property.
	 */
	IssuerLog(String property, URI configured) {
		this.property = property;
		this.url = UriComponentsBuilder.fromUri(configured)
			.userInfo(null)
			.replaceQuery(null)
			.fragment(null)
			.toUriString();
	}

	/**
	 * Records the status that the issuer answered with.
	 */
	void answered(HttpStatusCode status) {
		if (status.is2xxSuccessful()) {
			troubles.clear();
		}
		else {
			troubles.add("status=" + status.value());
		}
	}

	/**
	 * Records a failed request to the issuer, or an unusable answer.
	 */
	void failed(Throwable failure) {
		troubles.add(cause(failure));
	}

	/**
	 * Records that a set with usable keys was read.
	 */
	void read(UsableKeys keys) {
		String now = keys.ignored().isEmpty() ? "" : keys.ignored().toString();
		if (!now.equals(ignored.getAndSet(now)) && !now.isEmpty()) {
			LOG.warn("Unusable keys of JWTs ignored; the others are in use: url={} keys={} ignored={} reasons={}", url,
					keys.size(), keys.ignored().values().stream().mapToInt(Integer::intValue).sum(), now);
		}
		if (failing.compareAndSet(true, false)) {
			LOG.info("Keys of JWTs can be read again: url={}", url);
		}
	}

	/**
	 * Records that a JWT could not be verified without the keys.
	 */
	void unavailable(Throwable failure) {
		if (failing.compareAndSet(false, true)) {
			Set<String> causes = new TreeSet<>(troubles);
			LOG.warn("Keys of JWTs cannot be read, check {}; JWTs not verified before are answered 503: url={} {}",
					property, url, causes.isEmpty() ? cause(failure) : String.join(" ", causes));
		}
	}

	// Messages of exceptions may repeat received data, except our own.
	private static String cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return "cause=" + switch (cause) {
			case UnusableKeySetException unusable -> unusable.getMessage();
			case UnknownHostException _ -> "its host cannot be resolved (UnknownHostException)";
			case ConnectException _ -> "no connection (ConnectException)";
			case SSLException _ -> "TLS failed (" + cause.getClass().getSimpleName() + ")";
			case CertificateException _, CertPathBuilderException _ ->
				"its certificate is not trusted (" + cause.getClass().getSimpleName() + ")";
			case IllegalStateException _ -> "its metadata is that of another issuer, or names no keys";
			default -> cause.getClass().getSimpleName();
		};
	}

}
