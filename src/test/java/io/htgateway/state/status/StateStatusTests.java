package io.htgateway.state.status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StateStatusTests {

	private static final Instant AT = Instant.parse("2026-11-27T10:15:00Z");

	@ParameterizedTest
	@ValueSource(
			strings = { "\"2026-11-27T10:15:00Z\"", "\"2026-11-27T12:15:00+02:00\"", "\"2026-11-27T10:15:00.000Z\"",
					"1795774500", "1795774500000", "\"1795774500\"", "\" 1795774500000 \"", "1795774500.0" })
	void dateInAnyKnownFormIsUnderstood(String date) {
		assertThat(read("{\"lastUpdate\":" + date + ",\"nextUpdate\":" + date + ",\"nextUpdateThreshold\":[]}"))
			.contains(new StateUpdate(AT, AT, StateSource.STATUS, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"soon\"", "{}", "-1", "\"\"", "true", "99999999999999" })
	void nextUpdateInAnotherFormIsIgnored(String date) {
		assertThat(read("{\"lastUpdate\":1795774500,\"nextUpdate\":" + date + "}"))
			.contains(StateUpdate.of(AT, StateSource.STATUS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html></html>", "{", "[]", "null", "{}", "{\"lastUpdate\":null}", "7",
			"{\"lastUpdate\":\"yesterday\"}", "{\"lastUpdate\":12}", "{\"lastUpdate\":\"2026-13-45T00:00:00Z\"}",
			"{\"lastUpdate\":{\"a\":1}}", "{\"lastUpdate\":1e300}", "{\"lastUpdate\":9999999999999}" })
	void bodyWithoutAUsableDateIsNotUnderstood(String body) {
		assertThat(read(body)).isEmpty();
	}

	private static Optional<StateUpdate> read(String body) {
		return StateStatus.read(body.getBytes(StandardCharsets.UTF_8));
	}

}
