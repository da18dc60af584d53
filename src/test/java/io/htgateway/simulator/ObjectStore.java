package io.htgateway.simulator;

import java.net.URI;
import java.util.Optional;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The store that signed links lead to, with the refusals of S3.
 *
 * @param book the exports
 * @param states the time
 * @param links the verifier
 * @param gzip whether exports are held compressed
 */
record ObjectStore(HeatmapBook book, StateClock states, PresignedLinks links, boolean gzip) implements Answers {

	private static final String PREFIX = "/exports/coins/";

	private static final String SUFFIX = "/liquidation-heatmap";

	static String pathOf(String coin) {
		return PREFIX + coin + SUFFIX;
	}

	@Override
	public ResponseDefinitionBuilder to(Request request) {
		if (request.containsHeader("Authorization")) {
			return error(400, "InvalidArgument", "Only one auth mechanism allowed");
		}
		URI link = URI.create(request.getUrl());
		return switch (this.links.verify(link)) {
			case FORGED -> error(403, "SignatureDoesNotMatch",
					"The request signature we calculated does not match the signature you provided.");
			case EXPIRED -> error(403, "AccessDenied", "Request has expired");
			case GOOD -> coin(link.getPath()).map((coin) -> object(coin, request))
				.orElseGet(() -> error(404, "NoSuchKey", "The specified key does not exist."));
		};
	}

	/**
	 * The export of a coin as it is held now.
	 */
	StoredObject read(String coin) {
		long state = this.states.state();
		byte[] json = this.book.export(state, coin);
		return StoredObject.of(json, this.states.startOf(state), this.gzip);
	}

	private ResponseDefinitionBuilder object(String coin, Request request) {
		StoredObject object = read(coin);
		ResponseDefinitionBuilder response = ResponseDefinitionBuilder.responseDefinition()
			.withHeader("ETag", object.etag())
			.withHeader("Last-Modified", object.lastModified())
			.withHeader("x-amz-request-id", "SIMULATED0000001");
		if (object.etag().equals(request.getHeader("If-None-Match"))) {
			return response.withStatus(304);
		}
		return response.withStatus(200)
			.withHeader("Accept-Ranges", "bytes")
			.withHeader("Content-Type", object.contentType())
			.withBody(object.bytes());
	}

	private Optional<String> coin(String path) {
		if (!path.startsWith(PREFIX) || !path.endsWith(SUFFIX)) {
			return Optional.empty();
		}
		return this.book.coin(path.substring(PREFIX.length(), path.length() - SUFFIX.length()));
	}

	private static ResponseDefinitionBuilder error(int status, String code, String message) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(status)
			.withHeader("Content-Type", "application/xml")
			.withBody("""
					<?xml version="1.0" encoding="UTF-8"?>
					<Error><Code>%s</Code><Message>%s</Message></Error>""".formatted(code, message));
	}

}
