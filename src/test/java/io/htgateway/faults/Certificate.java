package io.htgateway.faults;

/**
 * What a server shows of itself.
 */
enum Certificate {

	/**
	 * The right host, now.
	 */
	GOOD("san=ip:127.0.0.1", "-0d", 30),

	/**
	 * Another host.
	 */
	WRONG_HOST("san=dns:elsewhere.example", "-0d", 30),

	/**
	 * The right host, until some days ago.
	 */
	EXPIRED("san=ip:127.0.0.1", "-10d", 5);

	private final String host;

	private final String start;

	private final int days;

	Certificate(String host, String start, int days) {
		this.host = host;
		this.start = start;
		this.days = days;
	}

	String host() {
		return host;
	}

	String start() {
		return start;
	}

	int days() {
		return days;
	}

}
