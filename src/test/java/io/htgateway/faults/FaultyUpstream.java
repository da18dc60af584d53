package io.htgateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyStore;

import io.htgateway.faults.Connection.Script;

/**
 * The paid API and the object store that it redirects to, both of which work or have a
 * fault.
 */
final class FaultyUpstream implements AutoCloseable {

	private final Authority authority = Authority.create();

	private final FaultyServer api;

	private final FaultyServer store;

	FaultyUpstream() {
		try {
			this.api = new FaultyServer(authority);
			this.store = new FaultyServer(authority);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI uri() {
		return api.uri();
	}

	/**
	 * What has to be trusted.
	 */
	KeyStore trust() {
		return authority.trust();
	}

	/**
	 * Calls since the last change.
	 */
	int calls() {
		return api.connections();
	}

	/**
	 * Downloads since the last change.
	 */
	int downloads() {
		return store.connections();
	}

	/**
	 * Whether all connections have been closed.
	 */
	boolean isAtRest() {
		return api.isAtRest() && store.isAtRest();
	}

	boolean wasReachedElsewhere() throws IOException {
		return api.wasReachedElsewhere() || store.wasReachedElsewhere();
	}

	/**
	 * Works from now on, with the given version of everything.
	 * @param redirects whether a heatmap is behind a link, and not in the answer itself
	 */
	void works(int version, boolean redirects) throws IOException {
		api.run(Certificate.GOOD, (connection) -> {
			Endpoint endpoint = Endpoint.of(connection.target());
			if (endpoint == Endpoint.HEATMAP && redirects) {
				Scripts.redirect(store.uri() + "/file").run(connection);
			}
			else {
				good(endpoint, version).run(connection);
			}
		});
		store.run(Certificate.GOOD, good(Endpoint.HEATMAP, version));
	}

	/**
	 * Answers all calls from now on with the given script.
	 */
	void fails(Script script) throws IOException {
		api.run(Certificate.GOOD, script);
	}

	/**
	 * Works as it did, but for the given fault.
	 */
	void fails(Leg leg, Fault fault) throws IOException {
		api.forget();
		store.forget();
		FaultyServer server = (leg == Leg.UPSTREAM) ? api : store;
		Script script = fault.script();
		if (script != null) {
			server.run(fault.certificate(), script);
		}
		else {
			server.refuse();
		}
	}

	private static Script good(Endpoint endpoint, int version) {
		return Scripts.ok("Content-Type: application/json", endpoint.body(version));
	}

	@Override
	public void close() {
		api.close();
		store.close();
	}

}
