package io.htgateway.web.hit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.htgateway.traffic.EndpointMeters;
import io.htgateway.traffic.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * The meters of the hits of one route, at hand without a search: requests are timed under
 * the name and with the tags of those that the framework sees.
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
	 * Path pattern of the endpoint.
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
			endpoint.answered(hit.team().name(), Outcome.HIT, hit.reply().result().age());
		}
	}

	// Made twice by two threads, it is the same.
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
