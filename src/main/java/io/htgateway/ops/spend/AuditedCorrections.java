package io.htgateway.ops.spend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Correction;
import io.htgateway.ops.audit.AuditedClients;
import io.htgateway.ops.audit.ReceivedValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Corrects the calls of others, and logs each correction and each rejected one with the
 * address of its client.
 */
@Component
public final class AuditedCorrections {

	private static final Logger LOG = LoggerFactory.getLogger("io.htgateway.audit");

	private final CallBudget budget;

	private final StatedUses uses;

	private final AuditedClients clients;

	AuditedCorrections(CallBudget budget, StatedUses uses, AuditedClients clients) {
		this.budget = budget;
		this.uses = uses;
		this.clients = clients;
	}

	/**
	 * Corrects the calls of others by the number that HyperTracker shows. The correction
	 * is made and logged even if the client disconnects.
	 * @param used number of calls
	 * @param window name of the window, or null for the longest one
	 */
	public Mono<WebEndpointResponse<?>> correct(@Nullable String used, @Nullable String window) {
		return switch (uses.of(used, window)) {
			case StatedUse.Valid valid -> correct(valid);
			case StatedUse.Invalid invalid -> reject(received(used, window), invalid);
		};
	}

	private static Map<String, Object> received(@Nullable String used, @Nullable String window) {
		Map<String, Object> received = new HashMap<>();
		received.computeIfAbsent("used", (_) -> used);
		received.computeIfAbsent("window", (_) -> window);
		return received;
	}

	private Mono<WebEndpointResponse<?>> correct(StatedUse.Valid stated) {
		return Mono.deferContextual((request) -> {
			String client = clients.of(request);
			return budget.correct(stated.window(), stated.used())
				.doOnNext((correction) -> log(client, stated, correction))
				.<WebEndpointResponse<?>>map(WebEndpointResponse::new)
				.cache();
		});
	}

	private static void log(String client, StatedUse.Valid stated, Correction correction) {
		LOG.info(
				"Spend corrected: client={} window={} stated={} counted={} elsewhereBefore={} elsewhere={} difference={}"
						+ " remaining={}",
				client, correction.window(), stated.used(), correction.counted(), correction.elsewhereBefore(),
				correction.elsewhere(), correction.difference(), correction.remaining());
	}

	/**
	 * Rejects a correction.
	 * @param parameters the parameters as received
	 * @param invalid why the correction is rejected
	 */
	Mono<WebEndpointResponse<?>> reject(Map<String, Object> parameters, StatedUse.Invalid invalid) {
		return Mono.deferContextual((request) -> {
			LOG.info("Correction of the spend rejected: client={} parameters={} reason=\"{}\"", clients.of(request),
					text(parameters), invalid.error());
			return Mono.just(new WebEndpointResponse<>(invalid, WebEndpointResponse.STATUS_BAD_REQUEST));
		});
	}

	private static String text(Map<String, Object> parameters) {
		return ReceivedValues.text(parameters.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(parameter) -> List.of(Objects.toString(parameter.getValue(), "")))));
	}

}
