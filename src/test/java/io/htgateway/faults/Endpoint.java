package io.htgateway.faults;

/**
 * What is asked for in the tests, of the gateway and by it.
 */
enum Endpoint {

	FILLS("/api/external/fills/liquidation?coin=BTC", "fills"),
	RISK("/api/external/5/assets/liquidation-risk?limit=10", "items"),
	HEATMAP("/api/external/exports/coins/BTC/liquidation-heatmap", "heatmap");

	private final String target;

	private final String array;

	Endpoint(String target, String array) {
		this.target = target;
		this.array = array;
	}

	String target() {
		return target;
	}

	/**
	 * A good body, which differs from version to version.
	 */
	String body(int version) {
		return "{\"version\": %d,\"%s\":[{\"coin\":\"BTC\",\"value\":1.50e-%d}]}\n".formatted(version, array, version);
	}

	/**
	 * The endpoint that the given request of the gateway is of.
	 */
	static Endpoint of(String target) {
		return target.contains("/fills/") ? FILLS : target.contains("/assets/") ? RISK : HEATMAP;
	}

}
