package io.htgateway.risk.list;

import io.htgateway.upstream.json.JsonEnvelope;
import io.htgateway.upstream.json.JsonEnvelope.Items;
import org.jspecify.annotations.Nullable;

/**
 * Positions of the items in a response, and the number of items of the list.
 *
 * @param items positions in the bytes
 * @param total number of items of the whole list, or null if the response lacks it
 */
record RiskLayout(Items items, @Nullable Long total) {

	static final String ITEMS = "items";

	private static final String TOTAL = "totalCount";

	static RiskLayout of(JsonEnvelope envelope) {
		return new RiskLayout(envelope.array(ITEMS), envelope.integers().get(TOTAL));
	}

}
