package io.htgateway.ops.purge;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * Rejects parameters of the operation that reads the state of the gateway. The framework
 * would ignore them.
 */
@Component
final class NoReadParameters implements OperationInvokerAdvisor {

	private static final EndpointId GATEWAY = EndpointId.of("gateway");

	private static final Selection.Rejected REJECTED = new Selection.Rejected("this operation has no parameters");

	@Override
	public OperationInvoker apply(EndpointId endpoint, OperationType type, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpoint.equals(GATEWAY) || type != OperationType.READ) {
			return invoker;
		}
		return (context) -> context.getArguments().isEmpty() ? invoker.invoke(context)
				: new WebEndpointResponse<>(REJECTED, WebEndpointResponse.STATUS_BAD_REQUEST);
	}

}
