package io.htgateway.stream;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import io.htgateway.budget.CallBudget;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import io.htgateway.upstream.UpstreamClient;
import reactor.core.Disposable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Beans of the streams, if they are on.
 */
@EnableConfigurationProperties(StreamProperties.class)
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

	/**
	 * Refuses streams of replicas that share a Redis: each replica would poll for them.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty({ "gateway.stream.enabled", "gateway.shared.enabled" })
	static class Shared {

		// Before any bean connects to Redis.
		@Bean
		static BeanFactoryPostProcessor refusedSharedStreams() {
			return (factory) -> {
				throw new UnusableSettingsException(
						"gateway.stream.enabled cannot be combined with gateway.shared.enabled: each replica would poll by"
								+ " itself. Turn one of them off, or stream from a gateway of its own.");
			};
		}

	}

	/**
	 * Beans of the streams.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("gateway.stream.enabled")
	static class On {

		@Bean
		StreamShare streamShare(StreamProperties properties, CallBudget budget) {
			return StreamShare.of(budget.snapshot().windows(), properties.maxShare());
		}

		@Bean
		StreamQuota streamQuota(StreamShare streamShare, InstantSource clock) {
			return new StreamQuota(streamShare, clock);
		}

		@Bean
		FillLog fillLog(StreamProperties properties) {
			return new FillLog(properties.maxBuffer().toBytes());
		}

		@Bean
		StreamCount streamCount() {
			return new StreamCount(new AtomicInteger());
		}

		@Bean
		FillPoller fillPoller(StreamProperties properties, UpstreamClient upstream, FillLog log, StreamShare share,
				StreamQuota streamQuota, StreamCount count, InstantSource clock, Dates dates) {
			return new FillPoller(upstream, log, streamQuota, share.pace(properties.interval()),
					() -> count.open().get() > 0, clock, dates.clock());
		}

		@Bean
		Feed feed(FillLog log, FillPoller poller, StreamCount count, InstantSource clock, Dates dates) {
			return new Feed(log, poller, count.open(), clock, dates.clock());
		}

		@Bean
		StreamMeters streamMeters(Feed feed, FillPoller poller, FillLog log, StreamQuota streamQuota) {
			return new StreamMeters(feed, poller, log, streamQuota);
		}

		@Bean(destroyMethod = "dispose")
		Disposable streamRuns(FillPoller poller) {
			return RepeatedTask.every(FillPoller.RUN, poller::run);
		}

		// Runs after the drain's delay, in which clients still reach this gateway.
		@Bean
		ApplicationListener<ContextClosedEvent> endStreamsOnShutdown(Feed feed) {
			return (closed) -> feed.end();
		}

	}

	/**
	 * Number of open streams.
	 */
	record StreamCount(AtomicInteger open) {
	}

}
