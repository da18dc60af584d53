package io.htgateway.ops.purge;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.store.Subjects;
import io.htgateway.ops.audit.AuditedClients;
import io.htgateway.ops.audit.ReceivedValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Purges stored responses, and logs each purge and each rejected one with the address of
 * its client. Received values are percent-encoded in the log, so that they cannot add
 * lines or fields.
 */
@Component
public final class AuditedPurges {

	private static final Logger LOG = LoggerFactory.getLogger("io.htgateway.audit");

	private final CacheContents contents;

	private final Selections selections;

	private final AuditedClients clients;

	AuditedPurges(CacheContents contents, Selections selections, AuditedClients clients) {
		this.contents = contents;
		this.selections = selections;
		this.clients = clients;
	}

	/**
	 * Makes the responses of the given subjects stale. The purge is logged by the thread
	 * that performs it: a client that disconnects cannot hide it.
	 */
	public Mono<WebEndpointResponse<?>> expire(Subjects subjects) {
		return Mono.deferContextual(
				(request) -> Mono.<WebEndpointResponse<?>>fromCallable(() -> expire(subjects, clients.of(request)))
					.subscribeOn(Schedulers.boundedElastic()));
	}

	private WebEndpointResponse<?> expire(Subjects subjects, String client) {
		String selection = "endpoint=" + text(subjects.endpoint())
				+ selections.tags()
					.stream()
					.map((tag) -> " " + tag + "=" + text(subjects.tags().get(tag)))
					.collect(Collectors.joining());
		try {
			CacheContents.Expired expired = contents.expireEverywhere(subjects);
			LOG.info("Purge: client={} {} found={} expired={}", client, selection, expired.found(), expired.expired());
			return new WebEndpointResponse<>(expired);
		}
		catch (RuntimeException | Error failure) {
			LOG.info("Purge failed: client={} {} failure={}", client, selection, failure.getClass().getSimpleName());
			throw failure;
		}
	}

	/**
	 * Rejects a purge.
	 * @param parameters the parameters as received
	 * @param rejected why the purge is rejected
	 */
	public Mono<WebEndpointResponse<?>> reject(Map<String, List<String>> parameters, Selection.Rejected rejected) {
		return Mono.deferContextual((request) -> {
			LOG.info("Purge rejected: client={} parameters={} reason=\"{}\"", clients.of(request),
					ReceivedValues.text(parameters), rejected.error());
			return Mono.just(new WebEndpointResponse<>(rejected, WebEndpointResponse.STATUS_BAD_REQUEST));
		});
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, ReceivedValues.ABSENT);
	}

}
