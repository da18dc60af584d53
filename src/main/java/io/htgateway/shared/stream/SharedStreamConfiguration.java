package io.htgateway.shared.stream;

import io.htgateway.shared.SharedStore;
import io.htgateway.stream.FillLog;
import io.htgateway.stream.StreamProperties;
import io.htgateway.stream.poll.Journal;
import io.htgateway.time.Dates;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Creates the journal that replicas share, if streams and sharing are on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty({ "gateway.stream.enabled", "gateway.shared.enabled" })
class SharedStreamConfiguration {

	@Bean
	Journal sharedJournal(StreamProperties properties, SharedStore store, FillLog log, Dates dates) {
		return new SharedJournal(new JournalScripts(store, properties.maxBuffer().toBytes()), log, dates.counting());
	}

}
