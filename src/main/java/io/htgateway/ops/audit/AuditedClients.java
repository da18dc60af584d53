package io.htgateway.ops.audit;

import java.net.InetSocketAddress;

import io.htgateway.access.request.ClientAddresses;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import reactor.util.context.ContextView;

/**
 * Finds the clients of the management port for the audit log.
 */
@Component
public final class AuditedClients {

	private final ClientAddresses addresses;

	AuditedClients(ClientAddresses addresses) {
		this.addresses = addresses;
	}

	/**
	 * Returns the address of the client that sent the request, or a hyphen if it is
	 * unknown.
	 */
	public String of(ContextView request) {
		return ServerWebExchangeContextFilter.getExchange(request)
			.map((exchange) -> addresses.of(exchange.getRequest()))
			.map(InetSocketAddress::getAddress)
			.map((address) -> address.getHostAddress())
			.orElse(ReceivedValues.ABSENT);
	}

}
