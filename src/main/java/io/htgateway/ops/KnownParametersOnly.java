package io.htgateway.ops;

import java.util.List;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Refuses what operators ask of the gateway with a parameter that it does not know: a
 * misspelt one would be ignored, and more would be meant than they mean.
 */
@Component
final class KnownParametersOnly implements OperationInvokerAdvisor {

	private static final EndpointId GATEWAY = EndpointId.of("gateway");

	private final AuditedPurges purges;

	KnownParametersOnly(AuditedPurges purges) {
		this.purges = purges;
	}

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpoint.equals(GATEWAY)) {
			return invoker;
		}
		List<String> known = parameters.stream().map(OperationParameter::getName).sorted().toList();
		return (context) -> isKnown(context, known) ? invoker.invoke(context) : refuse(type, context, known);
	}

	private static boolean isKnown(InvocationContext context, List<String> known) {
		return Set.copyOf(known).containsAll(context.getArguments().keySet());
	}

	private Object refuse(OperationType type, InvocationContext context, List<String> known) {
		String names = String.join(", ", known);
		Selection.Refused refused = new Selection.Refused(
				known.isEmpty() ? "there are no parameters" : "the only parameters are " + names);
		return (type == OperationType.DELETE) ? purges.refuse(context.getArguments(), refused)
				: new WebEndpointResponse<>(refused, WebEndpointResponse.STATUS_BAD_REQUEST);
	}

}
