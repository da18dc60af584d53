package io.htgateway.web.server;

import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Rejects framework settings that would let clients choose their own address or path, or
 * that would serve the gateway below an unguarded path.
 */
final class RefusedSettings {

	private static final String PROXIES = "must be none: the gateway reads X-Forwarded-For only from the proxies in"
			+ " gateway.access.trusted-proxies, and ignores all other forwarded headers";

	private static final String PREFIX = "must not be set: the gateway serves only its documented paths. Configure"
			+ " the proxy in front to strip the prefix (docs/deployment.md)";

	private static final String PAGES = "must keep its default: every other path requires a team's token";

	private static final List<Rule> RULES = List.of(
			new Rule("server.forward-headers-strategy", Set.of("none"), PROXIES),
			new Rule("server.use-forward-headers", Set.of("false"), PROXIES),
			new Rule("server.tomcat.remoteip.remote-ip-header", Set.of(), PROXIES),
			new Rule("server.tomcat.remoteip.protocol-header", Set.of(), PROXIES),
			new Rule("spring.webflux.base-path", Set.of("/"), PREFIX),
			new Rule("server.servlet.context-path", Set.of("/"), PREFIX),
			new Rule("server.context-path", Set.of("/"), PREFIX),
			new Rule("spring.mvc.servlet.path", Set.of("/"), PREFIX),
			new Rule("springdoc.api-docs.path", Set.of("/v3/api-docs"), PAGES),
			new Rule("springdoc.swagger-ui.path", Set.of("/swagger-ui.html"), PAGES));

	private RefusedSettings() {
	}

	/**
	 * Checks all settings.
	 * @throws InvalidConfigurationPropertyValueException for the first one that is set to
	 * a value that is not allowed
	 */
	static void check(Environment environment) {
		RULES.forEach((rule) -> rule.check(environment));
	}

	private record Rule(String property, Set<String> allowed, String reason) {

		private void check(Environment environment) {
			String value = environment.getProperty(property, "").strip();
			if (!value.isEmpty() && allowed.stream().noneMatch(value::equalsIgnoreCase)) {
				throw new InvalidConfigurationPropertyValueException(property, value, reason);
			}
		}

	}

}
