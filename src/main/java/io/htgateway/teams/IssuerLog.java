package io.htgateway.teams;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Logs once when the keys of JWTs become unavailable, once when they can be read again,
 * and once which of them cannot be used. Nothing that was received is logged but the
 * status.
 */
final class IssuerLog {

	private static final Logger LOG = LoggerFactory.getLogger(IssuerLog.class);

	private final String url;

	private final AtomicBoolean failing = new AtomicBoolean();

	// Of the requests since the last good answer.
	private final Set<String> troubles = new ConcurrentSkipListSet<>();

	private final AtomicReference<String> ignored = new AtomicReference<>("");

	/**
	 * A log about the given URL, which is configured.
	 */
	IssuerLog(URI configured) {
		this.url = UriComponentsBuilder.fromUri(configured)
			.userInfo(null)
			.replaceQuery(null)
			.fragment(null)
			.toUriString();
	}

	/**
	 * The issuer answered with the given status.
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
	 * A request to the issuer failed, or its answer cannot be used.
	 */
	void failed(Throwable failure) {
		troubles.add(cause(failure));
	}

	/**
	 * A set with usable keys was read.
	 */
	void read(UsableKeys keys) {
		String now = keys.ignored().isEmpty() ? "" : keys.ignored().toString();
		if (!now.equals(ignored.getAndSet(now)) && !now.isEmpty()) {
			LOG.warn("Keys of JWTs ignored, the others are in use: url={} keys={} ignored={} reasons={}", url,
					keys.size(), keys.ignored().values().stream().mapToInt(Integer::intValue).sum(), now);
		}
		if (failing.compareAndSet(true, false)) {
			LOG.info("Keys of JWTs can be read again: url={}", url);
		}
	}

	/**
	 * A JWT could not be verified without the keys.
	 */
	void unavailable(Throwable failure) {
		if (failing.compareAndSet(false, true)) {
			Set<String> causes = new TreeSet<>(troubles);
			LOG.warn("Keys of JWTs cannot be read, JWTs that are not known yet are answered 503: url={} {}", url,
					causes.isEmpty() ? cause(failure) : String.join(" ", causes));
		}
	}

	// What it says may be what was received, unless it is ours.
	private static String cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return "cause="
				+ ((cause instanceof UnusableKeySetException) ? cause.getMessage() : cause.getClass().getSimpleName());
	}

}
