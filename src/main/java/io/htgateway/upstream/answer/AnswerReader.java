package io.htgateway.upstream.answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.htgateway.http.Age;
import io.htgateway.http.RawBody;
import io.htgateway.http.UriReference;
import io.htgateway.secret.CurrentSecret;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads what the upstream sends to its end, and tells what it means.
 */
public final class AnswerReader {

	/**
	 * As much of a refusal as is read.
	 */
	private static final int MAX_REFUSAL_SIZE = 64 * 1024;

	private final OverruledDirectives overruled = new OverruledDirectives();

	private final CurrentSecret apiKey;

	private final long maxSize;

	private final InstantSource clock;

	/**
	 * A reader of the answers of one upstream.
	 * @param apiKey the key, which must not be in what is passed on
	 * @param maxSize bytes of the largest answer that is read
	 */
	public AnswerReader(CurrentSecret apiKey, long maxSize, InstantSource clock) {
		this.apiKey = apiKey;
		this.maxSize = maxSize;
		this.clock = clock;
	}

	/**
	 * The whole answer of the given endpoint. Fails with an {@link UpstreamException}
	 * where it is none that a feature can work with.
	 */
	public Mono<UpstreamResponse> read(String endpoint, ClientResponse response) {
		HttpStatusCode status = response.statusCode();
		if (status.is3xxRedirection() && response.headers().asHttpHeaders().containsHeader(HttpHeaders.LOCATION)) {
			return response.releaseBody().then(Mono.fromCallable(() -> redirect(response)));
		}
		if (status.value() != 200) {
			return refusal(response);
		}
		overruled.note(endpoint, response.headers().asHttpHeaders());
		return content(response);
	}

	private UpstreamResponse redirect(ClientResponse response) {
		int status = response.statusCode().value();
		String location = response.headers().header(HttpHeaders.LOCATION).getFirst();
		try {
			return new UpstreamResponse.Redirect(status, UriReference.resolve(response.request().getURI(), location));
		}
		catch (IllegalArgumentException notUri) {
			throw new UpstreamException.Malformed("a redirect to something that is not a URI", status);
		}
	}

	private Mono<UpstreamResponse> content(ClientResponse response) {
		if (response.headers().contentLength().orElse(0) > maxSize) {
			return tooLarge(response);
		}
		String type = response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return RawBody.read(response, Math.toIntExact(maxSize))
			.<UpstreamResponse>map(
					(body) -> new UpstreamResponse.Content((type != null) ? type : MediaType.APPLICATION_JSON_VALUE,
							body, Age.of(response.headers().asHttpHeaders())))
			.switchIfEmpty(Mono.error(() -> new UpstreamException.Malformed("an empty body")));
	}

	private static Mono<UpstreamResponse> tooLarge(ClientResponse response) {
		RawBody.abandon(response);
		return Mono.error(new UpstreamException.Malformed("a body over the size limit"));
	}

	private Mono<UpstreamResponse> refusal(ClientResponse response) {
		return RawBody.readStart(response, MAX_REFUSAL_SIZE)
			.map((body) -> new String(body, StandardCharsets.UTF_8))
			.onErrorComplete()
			.defaultIfEmpty("")
			.publishOn(Schedulers.boundedElastic())
			.flatMap((body) -> Mono.error(refusal(response, body)));
	}

	private UpstreamException refusal(ClientResponse response, String body) {
		int status = response.statusCode().value();
		return switch (status) {
			case 400, 404, 422 -> new UpstreamException.Rejected(status, UpstreamErrorBody.message(body, apiKey));
			case 401, 403 -> new UpstreamException.CredentialsRefused(status);
			case 429 -> new UpstreamException.RateLimited(retryAfter(response, body).orElse(RetryAfter.DEFAULT));
			default -> new UpstreamException.Failed(status, retryAfter(response, body).orElse(null));
		};
	}

	private Optional<Duration> retryAfter(ClientResponse response, String body) {
		return RetryAfter.of(response.headers().asHttpHeaders(), body, clock.instant());
	}

}
