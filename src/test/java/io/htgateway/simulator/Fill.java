package io.htgateway.simulator;

import java.time.Instant;

/**
 * One liquidation fill: what it is filtered by and its JSON.
 *
 * @param position its place in time
 * @param coin the coin as written
 * @param address the wallet in lower case
 * @param side {@code A} or {@code B}
 * @param json the compact text
 */
record Fill(FillPosition position, String coin, String address, String side, String json) {

	static Fill of(String json) {
		Instant time = Instant.parse(Samples.field(json, "time"));
		long tid = Long.parseLong(Samples.field(json, "tid"));
		return new Fill(new FillPosition(time.toEpochMilli(), tid), Samples.field(json, "coin"),
				Samples.field(json, "address"), Samples.field(json, "side"), json);
	}

	/**
	 * The other side of the same trade.
	 * @param id number that parts it from this one
	 */
	Fill otherSide(long id) {
		String other = side.equals("A") ? "B" : "A";
		return new Fill(new FillPosition(position.time(), id), coin, address, other,
				json.replace("\"side\":\"" + side + '"', "\"side\":\"" + other + '"'));
	}

}
