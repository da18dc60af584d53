package io.htgateway.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Times requests that are answered before the framework sees them, under the name and
 * with the tags of those that it does see.
 */
@Component
final class RequestTimers {

	private final ConcurrentMap<Request, Timer> timers = new ConcurrentHashMap<>();

	private final MeterRegistry meters;

	RequestTimers(MeterRegistry meters) {
		this.meters = meters;
	}

	void record(String route, String method, int status, long nanos) {
		timers.computeIfAbsent(new Request(route, method, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timer timer(Request request) {
		HttpStatus.Series series = HttpStatus.Series.resolve(request.status());
		return meters.timer("http.server.requests", "method", request.method(), "uri", request.route(), "status",
				Integer.toString(request.status()), "outcome",
				(series == HttpStatus.Series.SUCCESSFUL) ? "SUCCESS" : (series == null) ? "UNKNOWN" : series.name(),
				"exception", "none", "error", "none");
	}

	private record Request(String route, String method, int status) {
	}

}
