package io.htgateway.web.server;

import java.util.function.Supplier;

import io.htgateway.access.request.ClientAddresses;
import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.CutOffRequests;
import io.htgateway.traffic.Outcome;
import io.htgateway.web.protocol.RefusedRequests;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes the access log line of HTTP/2 requests that do not reach the filters, and passes
 * on to the filters the status of requests that their connection refuses.
 */
final class RefusedRequestLog implements RefusedRequests {

	private static final String FORWARDED_FOR = "x-forwarded-for";

	private final Supplier<AccessLog> log;

	private final Supplier<ClientAddresses> addresses;

	RefusedRequestLog(Supplier<AccessLog> log, Supplier<ClientAddresses> addresses) {
		this.log = log;
		this.addresses = addresses;
	}

	@Override
	public void refused(Channel connection, Http2Headers head, int status) {
		HttpHeaders forwarded = new DefaultHttpHeaders().add(FORWARDED_FOR, head.getAll(FORWARDED_FOR));
		log.get()
			.write(new AccessLine(connection.id().asShortText() + "-x",
					addresses.get().of(connection.remoteAddress(), forwarded), null, text(head.method()),
					text(head.path()), null, status, Outcome.INVALID, null, 0));
	}

	@Override
	public void cutOff(Channel connection, int stream, int status) {
		CutOffRequests.put(connection, stream, status);
	}

	private static String text(@Nullable CharSequence value) {
		return (value != null) ? value.toString() : "-";
	}

}
