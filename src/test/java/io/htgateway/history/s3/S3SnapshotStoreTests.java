package io.htgateway.history.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import io.htgateway.history.store.SnapshotStore;
import io.htgateway.history.store.SnapshotStoreContract;
import io.htgateway.testing.s3.AwsProperties;
import io.htgateway.testing.s3.S3Server;
import org.junit.jupiter.api.AfterAll;

/**
 * Tests the contract of stores on a bucket with a prefix.
 */
class S3SnapshotStoreTests extends SnapshotStoreContract {

	private static final S3Server SERVER = S3Server.start();

	private static final AwsProperties PROPERTIES = AwsProperties.set(SERVER.properties());

	private static final S3Client CLIENT = S3Client.create(S3Limits.DEFAULT);

	// No other test uses this server.
	private final S3Location location = S3Location.parse(SERVER.location(UUID.randomUUID().toString()));

	private final SnapshotStore store = new S3SnapshotStore(location, CLIENT, S3Limits.DEFAULT);

	@AfterAll
	static void stop() {
		CLIENT.close();
		PROPERTIES.close();
		SERVER.close();
	}

	@Override
	protected SnapshotStore store() {
		return store;
	}

	@Override
	protected void writeMany(List<String> names) {
		names.forEach((name) -> SERVER.put(location.prefix() + name, name.getBytes(StandardCharsets.UTF_8)));
	}

}
