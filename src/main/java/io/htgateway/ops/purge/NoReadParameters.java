package io.htgateway.ops.purge;

import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Rejects parameters that the operations that read the gateway do not have. The framework
 * would ignore them.
 */
@Component
final class NoReadParameters implements OperationInvokerAdvisor {

	private static final EndpointId GATEWAY = EndpointId.of("gateway");

	private static final Selection.Rejected REJECTED = new Selection.Rejected("this operation has no parameters");

	private static final Selection.Rejected UNKNOWN = new Selection.Rejected(
			"unknown parameter: the only parameter is month");

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpoint.equals(GATEWAY) || type != OperationType.READ) {
			return invoker;
		}
		Set<String> known = parameters.stream().map(OperationParameter::getName).collect(Collectors.toSet());
		return (context) -> known.containsAll(context.getArguments().keySet()) ? invoker.invoke(context)
				: rejected(known);
	}

	// The operation with parameters is reactive, and its caller expects a publisher.
	private static Object rejected(Set<String> known) {
		return known.isEmpty() ? new WebEndpointResponse<>(REJECTED, WebEndpointResponse.STATUS_BAD_REQUEST)
				: Mono.just(new WebEndpointResponse<>(UNKNOWN, WebEndpointResponse.STATUS_BAD_REQUEST));
	}

}
