package io.htgateway.history.web;

import java.util.Map;

import io.htgateway.docs.DocumentedProblems;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.read.SnapshotReader;
import io.htgateway.history.read.StoreAvailability;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.Snapshots;
import io.htgateway.web.reply.Cors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps the paths of the history to their handlers, if the history is on.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("gateway.history.enabled")
class HistoryWebConfiguration {

	/**
	 * Precedes static files, which match every path.
	 */
	private static final int ORDER = 1;

	private static final int MAX_STREAMS = 10;

	private static final int MAX_READS = 32;

	@Bean
	DocumentedHistory documentedHistory(DocumentedProblems problems) {
		return new DocumentedHistory(problems);
	}

	@Bean
	SimpleUrlHandlerMapping historyMapping(RecordedEndpoints recorded, Snapshots snapshots, SnapshotStore store,
			JsonMapper json, Cors cors) {
		StoreAvailability availability = new StoreAvailability(store.location());
		SnapshotReader reader = new SnapshotReader(store, availability);
		SnapshotStream stream = new SnapshotStream(snapshots, reader, availability, json);
		ReadSlots reads = new ReadSlots(MAX_READS);
		return new SimpleUrlHandlerMapping(Map.of(ListHandler.ROUTE,
				new ListHandler(recorded, snapshots, availability, stream, new ReadSlots(MAX_STREAMS), reads, json),
				SnapshotHandler.ROUTE, new SnapshotHandler(recorded, snapshots, availability, reader, reads, cors)),
				ORDER);
	}

}
