package io.htgateway.risk;

import java.util.List;

import io.htgateway.access.Extent;
import io.htgateway.access.Scope;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.Reach;
import io.htgateway.endpoint.EndpointDocument;
import io.htgateway.endpoint.MirroredEndpoint;
import io.htgateway.endpoint.RequestParameters;
import io.htgateway.risk.list.RiskCalls;
import io.htgateway.risk.list.RiskKey;
import io.htgateway.traffic.Endpoint;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Endpoint of the share of open interest close to liquidation, per asset, for one cohort.
 */
@Component
@Order(2)
class RiskEndpoint implements MirroredEndpoint<RiskQuery> {

	static final EndpointDocument DOCUMENT = EndpointDocument.read(RiskCalls.NAME);

	private final RiskProperties properties;

	private final RiskSource source;

	RiskEndpoint(RiskProperties properties, RiskSource source) {
		this.properties = properties;
		this.source = source;
	}

	@Override
	public Endpoint description() {
		return properties.endpoint();
	}

	@Override
	public EndpointDocument document() {
		return DOCUMENT;
	}

	@Override
	public RiskQuery query(RequestParameters parameters) {
		return RiskQuery.of(parameters, properties);
	}

	@Override
	public Scope scope(RiskQuery query) {
		return new Scope(RiskCalls.NAME, new Extent.All(null),
				new Extent.Named(List.of(Integer.toString(query.segment())), false));
	}

	@Override
	public boolean isRecordable() {
		return true;
	}

	@Override
	public String series(RiskQuery query) {
		return new RiskKey.Head(query.segment()).series();
	}

	@Override
	public Mono<CacheResult> get(RiskQuery query, Reach reach) {
		return source.page(query, reach);
	}

}
