package io.htgateway.simulator;

import java.net.URI;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The endpoint that sends callers to a signed link of a coin's heatmap.
 *
 * @param book the known coins
 * @param links the signer
 * @param store the address of the store
 */
record HeatmapAnswers(HeatmapBook book, PresignedLinks links, URI store) implements Answers {

	private static final int COIN_SEGMENT = 4;

	@Override
	public ResponseDefinitionBuilder to(Request request) {
		List<String> path = UriComponentsBuilder.fromUriString(request.getUrl()).build().getPathSegments();
		return this.book.coin(UriUtils.decode(path.get(COIN_SEGMENT), UTF_8))
			.map((coin) -> redirect(this.store.resolve(this.links.sign(ObjectStore.pathOf(coin)))))
			.orElseGet(() -> ApiResponses.notFound("Coin not found"));
	}

	private static ResponseDefinitionBuilder redirect(URI link) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(302)
			.withHeader("Location", link.toString())
			.withHeader("Content-Type", "text/plain; charset=utf-8")
			.withBody("Found. Redirecting to " + link);
	}

}
