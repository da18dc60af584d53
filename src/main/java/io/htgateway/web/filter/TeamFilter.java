package io.htgateway.web.filter;

import java.util.Collection;
import java.util.Set;

import io.htgateway.access.Credential;
import io.htgateway.access.RateLimitHeaders;
import io.htgateway.access.Team;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.authentication.Authenticator;
import io.htgateway.access.limit.RequestLimit;
import io.htgateway.access.request.ClientAddresses;
import io.htgateway.access.request.RequestTarget;
import io.htgateway.secret.Secret;
import io.htgateway.traffic.RequestRecord;
import io.htgateway.web.hit.Hits;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Admits only requests of teams, each team within its request limit, unless the gateway
 * is open to everybody. The documentation needs no token. {@link Hits} itself admits the
 * hits that are answered before the framework.
 */
class TeamFilter implements WebFilter {

	private final Authenticator authenticator;

	private final RateLimitHeaders limits;

	private final TeamMeters meters;

	private final ClientAddresses addresses;

	private final Set<UncountedPath> uncounted;

	TeamFilter(Authenticator authenticator, RateLimitHeaders limits, TeamMeters meters, ClientAddresses addresses,
			Collection<UncountedPath> uncounted) {
		this.authenticator = authenticator;
		this.limits = limits;
		this.meters = meters;
		this.addresses = addresses;
		this.uncounted = Set.copyOf(uncounted);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (authenticator.isOpen() || DocumentationPaths.contain(RequestTarget.path(request))) {
			return chain.filter(exchange);
		}
		return authenticator.authenticate(token(request), addresses.of(request))
			.doOnError(TeamRefusal.class, meters::refused)
			.flatMap((team) -> admit(exchange, chain, team));
	}

	private Mono<Void> admit(ServerWebExchange exchange, WebFilterChain chain, Team team) {
		boolean counts = !uncounted.contains(new UncountedPath(RequestTarget.path(exchange.getRequest())));
		boolean admitted = !counts || team.tryAdmit();
		RequestRecord.of(exchange).ifPresent((record) -> record.sentBy(team.name()));
		if (limits.appliesTo(team)) {
			exchange.getResponse()
				.beforeCommit(
						() -> Mono.fromRunnable(() -> limits.addTo(team, exchange.getResponse().getHeaders()::set)));
		}
		RequestLimit limit = team.limit();
		if (!admitted && limit != null) {
			meters.exceeded(team);
			return Mono.error(new TeamRefusal.QuotaExceeded(limit.perMinute(), limit.retryAfter()));
		}
		return chain.filter(exchange).contextWrite(team::in);
	}

	private static @Nullable Secret token(ServerHttpRequest request) {
		return Credential.find((name) -> request.getHeaders().getOrEmpty(name));
	}

}
