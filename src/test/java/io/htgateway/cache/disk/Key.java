package io.htgateway.cache.disk;

import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;

/**
 * A key of a test.
 */
record Key(String name) implements CacheKey {

	static final String ENDPOINT = "tests";

	@Override
	public String text() {
		return "tests/" + name;
	}

	@Override
	public Subject subject() {
		return new Subject(ENDPOINT, Map.of("name", name));
	}

}
