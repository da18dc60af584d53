package io.htgateway.web.hit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.htgateway.traffic.RequestMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Meters, by route, of hits that are answered before the framework.
 */
@Component
public final class HitMeters {

	private final ConcurrentMap<String, RouteMeters> routes = new ConcurrentHashMap<>();

	private final RequestMeters requests;

	private final MeterRegistry meters;

	HitMeters(RequestMeters requests, MeterRegistry meters) {
		this.requests = requests;
		this.meters = meters;
	}

	/**
	 * Returns the meters of the route with the given path pattern.
	 */
	public RouteMeters of(String route) {
		return routes.computeIfAbsent(route, (path) -> new RouteMeters(path, requests.find(path), meters));
	}

}
