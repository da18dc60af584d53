package io.htgateway.upstream;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.upstream.answer.AnswerReader;
import io.htgateway.upstream.answer.UpstreamException;
import io.htgateway.upstream.answer.UpstreamFailures;
import io.htgateway.upstream.answer.UpstreamResponse;
import io.htgateway.upstream.json.JsonAnswer;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * The one way to the paid API: sends a request with the key and nothing of the client's,
 * and tells every way in which it can end.
 */
public final class UpstreamClient {

	private final WebClient webClient;

	private final AnswerReader answers;

	private final Duration deadline;

	UpstreamClient(WebClient webClient, UpstreamProperties properties, InstantSource clock) {
		this.webClient = webClient;
		this.answers = new AnswerReader(properties.baseUrl(), properties.apiKey(), clock);
		this.deadline = properties.connectTimeout().plus(properties.responseTimeout());
	}

	/**
	 * One call, and its whole answer. Fails with an {@link UpstreamException} only.
	 */
	public Mono<UpstreamResponse> fetch(UpstreamRequest request) {
		return attempt(request).timeout(deadline).onErrorMap(UpstreamFailures::translate);
	}

	/**
	 * One call whose answer has to be a JSON object with the given array. Fails with an
	 * {@link UpstreamException} only.
	 */
	public Mono<JsonAnswer> fetchArray(UpstreamRequest request, String array) {
		return fetch(request).flatMap((response) -> JsonAnswer.read(response.content(), array));
	}

	/**
	 * Longest time that a call takes.
	 */
	public Duration deadline() {
		return deadline;
	}

	private Mono<UpstreamResponse> attempt(UpstreamRequest request) {
		return webClient.get()
			.uri(request.template(), request.variables())
			.exchangeToMono((response) -> answers.read(request.endpoint(), response));
	}

}
