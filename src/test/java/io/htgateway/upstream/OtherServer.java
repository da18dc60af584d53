package io.htgateway.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.htgateway.testing.ScriptedServer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * Server that stands in for the upstream: it is HyperTracker, or another server.
 */
final class OtherServer implements AutoCloseable {

	private static final String FILLS = "HTTP/1.1 200 OK\nContent-Type: application/json\n\n"
			+ "{\"fills\":[],\"nextCursor\":null}";

	private final ScriptedServer server = ScriptedServer.talking(this::answer);

	private volatile String answer = FILLS;

	private volatile int before;

	/**
	 * Answers every request with the given text from now on. <code>{port}</code> stands
	 * for its own port.
	 */
	void answers(String text) {
		before = server.targets().size();
		answer = text.replace("{port}", origin().replaceFirst(".*:", ""));
	}

	/**
	 * Answers as HyperTracker does when it has no fills.
	 */
	void isHyperTracker() {
		answers(FILLS);
	}

	/**
	 * Returns the targets of the requests since the last change.
	 */
	List<String> targets() {
		List<String> all = server.targets();
		return all.subList(before, all.size());
	}

	String origin() {
		return server.origin();
	}

	private void answer(String target, OutputStream out) throws IOException {
		out.write(answer.replace("{target}", target).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() {
		server.close();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configured {

		@Bean
		OtherServer otherServer() {
			return new OtherServer();
		}

		@Bean
		DynamicPropertyRegistrar otherServerProperties(OtherServer server) {
			return (properties) -> {
				properties.add("gateway.upstream.base-url", server::origin);
				properties.add("gateway.upstream.api-key", () -> "canary-key-5d1f");
			};
		}

	}

}
