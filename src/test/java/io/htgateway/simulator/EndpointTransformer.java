package io.htgateway.simulator;

import java.time.Duration;
import java.util.Optional;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * Answers the requests of one endpoint: counted, replaced if a test says so, and delayed.
 *
 * @param endpoint the endpoint
 * @param control what tests have set
 * @param answers the simulated answers
 * @param options the usual delays
 */
record EndpointTransformer(Endpoint endpoint, EndpointControl control, Answers answers,
		Options options) implements ResponseDefinitionTransformerV2 {

	@Override
	public ResponseDefinition transform(ServeEvent event) {
		ResponseDefinition answer = this.control.received(event.getRequest())
			.orElseGet(() -> this.answers.to(event.getRequest()).build());
		this.control.awaitRelease();
		boolean ownDelay = answer.getFixedDelayMilliseconds() != null || answer.getDelayDistribution() != null;
		return ownDelay ? answer : delayed(ResponseDefinitionBuilder.like(answer));
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

	@Override
	public String getName() {
		return this.endpoint.name();
	}

	private ResponseDefinition delayed(ResponseDefinitionBuilder answer) {
		int least = (int) this.options.minDelay().toMillis();
		int most = (int) this.options.maxDelay().toMillis();
		Optional<Duration> fixed = this.control.delay();
		if (fixed.isPresent()) {
			answer.withFixedDelay((int) fixed.get().toMillis());
		}
		else if (most > 0) {
			answer.withUniformRandomDelay(least, most);
		}
		return answer.build();
	}

}
