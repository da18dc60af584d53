package io.htgateway.stream;

import java.time.InstantSource;

import io.htgateway.budget.CallBudget;
import io.htgateway.stream.event.Pace;
import io.htgateway.stream.poll.FillPoller;
import io.htgateway.stream.poll.Journal;
import io.htgateway.stream.poll.StreamShare;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import io.htgateway.upstream.UpstreamClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import reactor.core.Disposable;

/**
 * Beans of the streams, if they are on.
 */
@EnableConfigurationProperties(StreamProperties.class)
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

	/**
	 * Beans of the streams.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("gateway.stream.enabled")
	static class On {

		@Bean
		StreamShare streamShare(StreamProperties properties, CallBudget budget) {
			return StreamShare.of(budget.snapshot(), properties.maxShare());
		}

		@Bean
		Pace regularPace(StreamProperties properties, StreamShare share) {
			return share.pace(properties.interval());
		}

		@Bean
		FillLog fillLog(StreamProperties properties) {
			return new FillLog(properties.maxBuffer().toBytes());
		}

		@Bean
		@ConditionalOnBooleanProperty(name = "gateway.shared.enabled", havingValue = false, matchIfMissing = true)
		Journal localJournal(FillLog log) {
			return new LocalJournal(log);
		}

		@Bean
		JournalFollower journalFollower(Journal journal, FillLog log, StreamShare share, Pace regularPace,
				Dates dates) {
			return new JournalFollower(journal, log, share, regularPace, dates.counting());
		}

		@Bean
		FillPoller fillPoller(UpstreamClient upstream, Journal journal, StreamShare share, Pace regularPace,
				JournalFollower follower, Dates dates) {
			return new FillPoller(upstream, journal, share, regularPace, follower::isNeeded, dates.counting());
		}

		@Bean
		Feed feed(FillLog log, JournalFollower follower, InstantSource clock, Dates dates) {
			return new Feed(log, follower, clock, dates.counting());
		}

		@Bean
		StreamMeters streamMeters(Feed feed, FillPoller poller, FillLog log) {
			return new StreamMeters(feed, poller, log);
		}

		// Apart from the polls: a poll that takes long must neither lose the turn nor
		// delay fills.
		@Bean(destroyMethod = "dispose")
		Disposable streamFollowing(JournalFollower follower) {
			return RepeatedTask.every(JournalFollower.RUN, follower::run);
		}

		@Bean(destroyMethod = "dispose")
		Disposable streamRuns(FillPoller poller) {
			return RepeatedTask.every(JournalFollower.RUN, poller::run);
		}

		// Runs after the drain's delay, in which clients still reach this gateway.
		@Bean
		ApplicationListener<ContextClosedEvent> endStreamsOnShutdown(Feed feed) {
			return (closed) -> feed.end();
		}

	}

}
