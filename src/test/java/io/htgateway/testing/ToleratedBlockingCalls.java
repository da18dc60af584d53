package io.htgateway.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Blocking calls on event loops that are not ours to mend: Spring opens the files of
 * Swagger UI where it serves them.
 */
public final class ToleratedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder detector) {
		detector.allowBlockingCallsInside("org.springframework.web.reactive.resource.PathResourceResolver",
				"getResource");
	}

}
