package io.htgateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for servers that are killed and come back. They lie below those that
 * systems give to clients: one of these could take the port meanwhile, or connect to
 * itself.
 */
public final class LoopbackPorts {

	private static final int LOWEST = 20_000;

	private static final int HIGHEST = 30_000;

	/**
	 * Distance from the port of a Redis cluster's node to that of its bus.
	 */
	private static final int BUS = 10_000;

	/**
	 * Lowest port that systems give to clients.
	 */
	private static final int LOWEST_OF_CLIENTS = 32_768;

	private LoopbackPorts() {
	}

	/**
	 * The first of two free ports in a row.
	 */
	public static int freePair() {
		int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
		while (!free(port) || !free(port + 1)) {
			port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
		}
		return port;
	}

	/**
	 * Returns a free port for the node of a Redis cluster, whose bus also gets a port
	 * that is free and never given to clients.
	 */
	public static int freeForCluster() {
		int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_OF_CLIENTS - BUS);
		while (!free(port) || !free(port + BUS)) {
			port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_OF_CLIENTS - BUS);
		}
		return port;
	}

	private static boolean free(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
			return socket.isBound();
		}
		catch (IOException taken) {
			return false;
		}
	}

}
