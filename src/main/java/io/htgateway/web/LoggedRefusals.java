package io.htgateway.web;

import java.util.function.Supplier;

import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.Outcome;
import io.htgateway.web.connection.Refusals;
import io.netty.channel.Channel;

/**
 * Writes the access line of an HTTP/2 request that does not reach the filters.
 */
final class LoggedRefusals implements Refusals {

	private final Supplier<AccessLog> log;

	LoggedRefusals(Supplier<AccessLog> log) {
		this.log = log;
	}

	@Override
	public void refused(Channel connection, String method, String target, int status) {
		log.get()
			.write(new AccessLine(connection.id().asShortText() + "-x", connection.remoteAddress(), null, method,
					target, null, status, Outcome.INVALID, null, 0));
	}

}
