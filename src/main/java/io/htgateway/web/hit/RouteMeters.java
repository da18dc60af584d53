package io.htgateway.web.hit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.htgateway.cache.store.Representation;
import io.htgateway.traffic.EndpointMeters;
import io.htgateway.traffic.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Meters of the hits of one route, available without a search. Requests are timed under
 * the same name and tags as those that the framework handles.
 */
final class RouteMeters {

	private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(4);

	private final String route;

	private final @Nullable EndpointMeters endpoint;

	private final MeterRegistry meters;

	RouteMeters(String route, @Nullable EndpointMeters endpoint, MeterRegistry meters) {
		this.route = route;
		this.endpoint = endpoint;
		this.meters = meters;
	}

	/**
	 * Returns the path pattern of the endpoint.
	 */
	String route() {
		return route;
	}

	/**
	 * Counts and times a hit.
	 */
	void count(Hit hit, long nanos) {
		timer(hit.isHead(), hit.reply().notModified()).record(nanos, TimeUnit.NANOSECONDS);
		if (endpoint != null) {
			Representation body = hit.body();
			endpoint.answered(hit.caller().team().name(), Outcome.HIT, hit.reply().result().age(),
					(body != null) ? body.length() : 0);
		}
	}

	// Two threads that create the timer get the same one.
	private Timer timer(boolean head, boolean notModified) {
		int index = (head ? 2 : 0) + (notModified ? 1 : 0);
		Timer timer = timers.getAcquire(index);
		if (timer == null) {
			timer = timer(head ? HttpMethod.HEAD : HttpMethod.GET,
					notModified ? HttpStatus.NOT_MODIFIED : HttpStatus.OK);
			timers.setRelease(index, timer);
		}
		return timer;
	}

	private Timer timer(HttpMethod method, HttpStatus status) {
		return meters.timer("http.server.requests", "method", method.name(), "uri", route, "status",
				Integer.toString(status.value()), "outcome", (status == HttpStatus.OK) ? "SUCCESS" : "REDIRECTION",
				"exception", "none", "error", "none");
	}

}
