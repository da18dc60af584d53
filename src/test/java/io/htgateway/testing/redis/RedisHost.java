package io.htgateway.testing.redis;

/**
 * Where one Redis runs: as a process or in a container, on ports of the loopback
 * interface that stay its own.
 */
interface RedisHost extends AutoCloseable {

	/**
	 * Starts the server, also again, with nothing stored.
	 */
	void start();

	/**
	 * Starts a sentinel of the given configuration beside the server.
	 */
	void startSentinel(String configuration);

	/**
	 * Asks the server to end, and waits for it.
	 */
	void stop();

	/**
	 * Ends the server without asking it.
	 */
	void kill();

	/**
	 * Freezes the server: its connections stay open, it answers none of them.
	 */
	void pause();

	void resume();

	/**
	 * Ends the server for good and removes what it left.
	 */
	@Override
	void close();

}
