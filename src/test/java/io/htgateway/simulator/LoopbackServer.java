package io.htgateway.simulator;

import java.net.URI;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;

/**
 * Sets up a server that hundreds may call at a time and that leaves bodies as they are.
 */
final class LoopbackServer {

	private static final String ADDRESS = "127.0.0.1";

	private static final int LEAST_PRIORITY = 10;

	private LoopbackServer() {
	}

	static WireMockServer start(int port, List<EndpointTransformer> endpoints) {
		WireMockServer server = new WireMockServer(WireMockConfiguration.options()
			.bindAddress(ADDRESS)
			.port(port)
			.http2PlainDisabled(true)
			.gzipDisabled(true)
			.useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER)
			.containerThreads(64)
			.jettyAcceptQueueSize(1_024)
			.asynchronousResponseEnabled(true)
			.asynchronousResponseThreads(16)
			.disableRequestJournal()
			.extensions(endpoints.toArray(Extension[]::new)));
		for (EndpointTransformer endpoint : endpoints) {
			server.stubFor(WireMock.get(endpoint.endpoint().path())
				.willReturn(WireMock.aResponse().withTransformers(endpoint.getName())));
		}
		server.stubFor(WireMock.any(WireMock.anyUrl())
			.atPriority(LEAST_PRIORITY)
			.willReturn(ApiResponses.notFound("Not Found")));
		server.start();
		return server;
	}

	static URI origin(WireMockServer server) {
		return URI.create("http://" + ADDRESS + ":" + server.port());
	}

}
