package io.htgateway.ops.purge;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.htgateway.access.request.ClientAddresses;
import io.htgateway.cache.load.CacheContents;
import io.htgateway.cache.store.Subjects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Purges stored responses, and logs each purge and each rejected one with the address of
 * its client. Received values are percent-encoded in the log, so that they cannot add
 * lines or fields.
 */
@Component
public final class AuditedPurges {

	private static final Logger LOG = LoggerFactory.getLogger("io.htgateway.audit");

	private static final int MAX_LENGTH = 256;

	private static final String ABSENT = "-";

	private final CacheContents contents;

	private final Selections selections;

	private final ClientAddresses addresses;

	AuditedPurges(CacheContents contents, Selections selections, ClientAddresses addresses) {
		this.contents = contents;
		this.selections = selections;
		this.addresses = addresses;
	}

	/**
	 * Makes the responses of the given subjects stale. The purge is logged by the thread
	 * that performs it: a client that disconnects cannot hide it.
	 */
	public Mono<WebEndpointResponse<?>> expire(Subjects subjects) {
		return Mono.deferContextual(
				(request) -> Mono.<WebEndpointResponse<?>>fromCallable(() -> expire(subjects, client(request)))
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
			LOG.info("Purge rejected: client={} parameters={} reason=\"{}\"", client(request), text(parameters),
					rejected.error());
			return Mono.just(new WebEndpointResponse<>(rejected, WebEndpointResponse.STATUS_BAD_REQUEST));
		});
	}

	private String client(ContextView request) {
		return ServerWebExchangeContextFilter.getExchange(request)
			.map((exchange) -> addresses.of(exchange.getRequest()))
			.map(InetSocketAddress::getAddress)
			.map((address) -> address.getHostAddress())
			.orElse(ABSENT);
	}

	private static String text(@Nullable String value) {
		return Objects.requireNonNullElse(value, ABSENT);
	}

	private static String text(Map<String, List<String>> parameters) {
		String all = parameters.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.flatMap((parameter) -> parameter.getValue()
				.stream()
				.map((value) -> encode(parameter.getKey()) + "=" + encode(Objects.requireNonNullElse(value, ""))))
			.collect(Collectors.joining("&"));
		return all.isEmpty() ? ABSENT : (all.length() <= MAX_LENGTH) ? all : all.substring(0, MAX_LENGTH) + "...";
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

}
