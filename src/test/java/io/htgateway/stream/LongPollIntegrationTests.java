package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.poll.Allowance;
import io.htgateway.stream.poll.Checkpoint;
import io.htgateway.stream.poll.FillPoller;
import io.htgateway.stream.poll.Journal.Beginning;
import io.htgateway.stream.poll.StreamShare;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.htgateway.upstream.UpstreamClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests polls of an upstream that takes 12 seconds for each page.
 */
@GatewayTest
class LongPollIntegrationTests {

	private static final Duration PAGE = Duration.ofSeconds(12);

	@Autowired
	private UpstreamClient client;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Test
	void runRequestsNoFurtherPageAfterHalfAMinuteAndTheNextGoesOn() {
		Instant start = clock.instant();
		upstream.liquidate(6_500, start.plusSeconds(1), start.plusSeconds(60));
		clock.advance(Duration.ofMinutes(2));
		FillPoller poller = poller(start);

		poller.run().block();
		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(3);
		poller.run().block();
		poller.run().block();

		assertThat(upstream.calls(Endpoint.FILLS)).isEqualTo(7);
		assertThat(poller.health().countFills()).isEqualTo(StreamRuns.fillsSince(upstream, start).size());
		assertThat(poller.health().countSucceeded()).isEqualTo(1);
	}

	private FillPoller poller(Instant from) {
		Instant now = clock.instant();
		Pace pace = new Pace(Duration.ofMinutes(5), Pace.Reason.CONFIGURED);
		LocalJournal journal = new LocalJournal(new FillLog(100_000_000));
		journal.follow(new Beginning(Checkpoint.begin(from, now, new Allowance(60, 1_000, now), pace), now)).block();
		return new FillPoller(client, journal, new StreamShare(Double.POSITIVE_INFINITY, 120), pace, () -> true,
				() -> now.plus(PAGE.multipliedBy(upstream.calls(Endpoint.FILLS))));
	}

}
