package io.htgateway.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Logs once that the gateway ignores directives by which a server forbids shared caches
 * to store its responses (RFC 9111 5.2.2.5 and 5.2.2.7).
 */
public final class OverruledDirectives {

	private static final Logger LOG = LoggerFactory.getLogger(OverruledDirectives.class);

	private static final Pattern ESCAPED = Pattern.compile("\\\\.");

	private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

	// Without an argument: private with one concerns only the fields that it names, and
	// the gateway forwards none of them.
	private static final Set<String> FORBIDDING = Set.of("no-store", "private");

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	private final String server;

	/**
	 * Creates a log for the given server, such as "upstream".
	 */
	public OverruledDirectives(String server) {
		this.server = server;
	}

	/**
	 * Logs the directives in the given headers, once.
	 */
	public void note(HttpHeaders headers) {
		log("", headers);
	}

	/**
	 * Logs the directives in the given headers, once for each endpoint.
	 */
	public void note(String endpoint, HttpHeaders headers) {
		log("endpoint=" + endpoint + " ", headers);
	}

	private void log(String context, HttpHeaders headers) {
		List<String> directives = forbidding(headers);
		if (!directives.isEmpty() && logged.add(context)) {
			LOG.warn("Ignoring the Cache-Control of the {}; the configured ttl applies: {}directives={}", server,
					context, directives);
		}
	}

	private static List<String> forbidding(HttpHeaders headers) {
		String all = String.join(",", headers.getOrEmpty(HttpHeaders.CACHE_CONTROL));
		String unquoted = QUOTED.matcher(ESCAPED.matcher(all).replaceAll("")).replaceAll("\"\"");
		return Arrays.stream(unquoted.split(",", -1))
			.map((directive) -> directive.strip().toLowerCase(Locale.ROOT))
			.filter(FORBIDDING::contains)
			.distinct()
			.toList();
	}

}
