package io.htgateway.web.filter;

import java.util.List;

import io.htgateway.access.RateLimitHeaders;
import io.htgateway.access.authentication.Authenticator;
import io.htgateway.access.request.ClientAddresses;
import io.htgateway.time.Dates;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.RequestMeters;
import io.htgateway.traffic.RequestTraces;
import io.htgateway.traffic.TrafficFilter;
import io.htgateway.web.reply.Cors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Ordered chain of the filters for callers. The filters are not beans, because the
 * context of the management port would inherit them; it has {@link ManagementFilters}.
 */
@Component
@Order(0)
final class CallerFilters implements WebHttpHandlerBuilderCustomizer {

	private final List<WebFilter> inOrder;

	CallerFilters(RequestMeters requests, AccessLog log, ObjectProvider<RequestTraces> traces,
			ClientAddresses addresses, Cors cors, Dates dates, Authenticator authenticator, RateLimitHeaders limits,
			TeamMeters teams, List<Webhook> webhooks, List<UncountedPath> uncounted) {
		RequestTraces requestTraces = traces.getIfAvailable(() -> RequestTraces.NONE);
		this.inOrder = List.of(new TrafficFilter(requests, log, requestTraces, addresses),
				new ResponseHeadersFilter(dates, cors), new PagesFilter(), new RequestGuard(cors, webhooks),
				new TeamFilter(authenticator, limits, teams, addresses, uncounted));
	}

	@Override
	public void customize(WebHttpHandlerBuilder builder) {
		builder.filters((filters) -> filters.addAll(0, inOrder));
	}

}
