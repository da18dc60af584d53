package io.htgateway.web.filter;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A path to which another service posts notifications. It is not for callers: it has its
 * own secret instead of teams.
 */
public interface Webhook {

	/**
	 * Returns whether it is configured. Otherwise its path does not exist.
	 */
	boolean isOn();

	/**
	 * Returns the path, which no endpoint has.
	 */
	String path();

	/**
	 * Handles a request for the path, of any method.
	 */
	Mono<Void> receive(ServerWebExchange exchange);

}
