package io.htgateway.access.jwt;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Log of the JWT issuer: one line when its keys become unavailable, one when they are
 * available again, and one for each change of the unusable keys. Of the received data
 * only the status is logged.
 */
final class IssuerLog {

	private static final Logger LOG = LoggerFactory.getLogger(IssuerLog.class);

	private final String property;

	private final String url;

	private final String authority;

	private final AtomicBoolean unavailable = new AtomicBoolean();

	// Problems since the last successful response.
	private final Set<String> problems = new ConcurrentSkipListSet<>();

	private final AtomicReference<String> ignored = new AtomicReference<>("");

	/**
	 * Creates a log for the issuer.
	 * @param property name of the property that has the URL
	 * @param configured the URL; its user info, query and fragment are not logged
	 */
	IssuerLog(String property, URI configured) {
		this.property = property;
		this.authority = String.valueOf(configured.getAuthority());
		this.url = UriComponentsBuilder.fromUri(configured)
			.userInfo(null)
			.replaceQuery(null)
			.fragment(null)
			.toUriString();
	}

	/**
	 * Records the status of a response of the issuer to the given request.
	 */
	void answered(ClientRequest request, HttpStatusCode status) {
		if (status.is2xxSuccessful()) {
			problems.clear();
		}
		else {
			problems.add("status=" + status.value() + advice(request, status));
		}
	}

	private String advice(ClientRequest request, HttpStatusCode status) {
		if (!status.equals(HttpStatus.UNAUTHORIZED) && !status.equals(HttpStatus.FORBIDDEN)) {
			return "";
		}
		if (request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return " (it refuses the token of gateway.access.jwt.token-file)";
		}
		return authority.equalsIgnoreCase(request.url().getAuthority())
				? " (if it requires a token, set gateway.access.jwt.token-file)"
				: " (its keys are at another host, which gets no token: set gateway.access.jwt.jwk-set-uri)";
	}

	/**
	 * Records a failed request to the issuer, or an unusable response.
	 */
	void failed(Throwable failure) {
		problems.add(cause(failure));
	}

	/**
	 * Records that a key set with usable keys was read.
	 */
	void read(UsableKeys keys) {
		String now = keys.ignored().isEmpty() ? "" : keys.ignored().toString();
		if (!now.equals(ignored.getAndSet(now)) && !now.isEmpty()) {
			LOG.warn("Ignoring unusable JWT keys; the others are in use: url={} keys={} ignored={} reasons={}", url,
					keys.size(), keys.ignored().values().stream().mapToInt(Integer::intValue).sum(), now);
		}
		if (unavailable.compareAndSet(true, false)) {
			LOG.info("JWT keys available again: url={}", url);
		}
	}

	/**
	 * Records that a JWT could not be verified without the keys.
	 */
	void unavailable(Throwable failure) {
		if (unavailable.compareAndSet(false, true)) {
			Set<String> causes = new TreeSet<>(problems);
			LOG.warn("JWT keys unavailable; requests with a JWT not verified before get 503, check {}: url={} {}",
					property, url, causes.isEmpty() ? cause(failure) : String.join(" ", causes));
		}
	}

	// Shows only messages of our own exceptions, since others may repeat received data.
	private static String cause(Throwable failure) {
		Throwable cause = failure;
		boolean untrusted = false;
		while (cause.getCause() != null) {
			cause = cause.getCause();
			untrusted |= cause instanceof CertificateException;
		}
		if (untrusted) {
			return "cause=its certificate is not trusted (" + cause.getClass().getSimpleName()
					+ "); check gateway.access.jwt.ca-file";
		}
		return "cause=" + switch (cause) {
			case UnusableKeySetException unusable -> unusable.getMessage();
			case UnknownHostException _ -> "its host cannot be resolved (UnknownHostException)";
			case ConnectException _ -> "no connection (ConnectException)";
			case SSLException _ -> "TLS failed (" + cause.getClass().getSimpleName() + ")";
			case IllegalStateException _ -> "its metadata is that of another issuer, or names no keys";
			default -> cause.getClass().getSimpleName();
		};
	}

}
