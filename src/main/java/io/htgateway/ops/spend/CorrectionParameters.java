package io.htgateway.ops.spend;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Rejects unknown parameters of a correction, which the framework would ignore, and those
 * in the query: a page of another origin can make a browser send them, but not JSON.
 */
@Component
final class CorrectionParameters implements OperationInvokerAdvisor {

	private static final EndpointId GATEWAY = EndpointId.of("gateway");

	private static final Set<String> KNOWN = Set.of("used", "window");

	private static final StatedUse.Invalid UNKNOWN = new StatedUse.Invalid(
			"unknown parameter: the parameters are used and window");

	private static final StatedUse.Invalid IN_QUERY = new StatedUse.Invalid(
			"parameters must be in a JSON body, such as {\"used\": 12345}, and not in the query");

	private final AuditedCorrections corrections;

	CorrectionParameters(AuditedCorrections corrections) {
		this.corrections = corrections;
	}

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpoint.equals(GATEWAY) || type != OperationType.WRITE) {
			return invoker;
		}
		return (context) -> Mono.deferContextual((request) -> {
			Map<String, Object> received = context.getArguments();
			if (hasQuery(request)) {
				return corrections.reject(received, IN_QUERY);
			}
			return KNOWN.containsAll(received.keySet()) ? (Mono<?>) Objects.requireNonNull(invoker.invoke(context))
					: corrections.reject(received, UNKNOWN);
		});
	}

	private static boolean hasQuery(ContextView request) {
		return ServerWebExchangeContextFilter.getExchange(request)
			.filter((exchange) -> !exchange.getRequest().getQueryParams().isEmpty())
			.isPresent();
	}

}
