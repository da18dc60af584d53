package io.htgateway.history;

import java.io.IOException;
import java.nio.file.Path;

import io.htgateway.history.folder.FolderSnapshotStore;
import io.htgateway.history.s3.S3Location;
import io.htgateway.history.s3.S3SnapshotStore;
import io.htgateway.history.store.SnapshotStore;
import io.htgateway.settings.UnusableSettingsException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store at the configured location.
 */
final class HistoryLocation {

	private static final String FORMS = "a folder, such as /var/lib/gateway/history, or s3://bucket/prefix";

	private HistoryLocation() {
	}

	/**
	 * Opens the store of <code>gateway.history.location</code>.
	 * @throws UnusableSettingsException if the location is missing, is invalid or is a
	 * folder that cannot be written
	 */
	static SnapshotStore open(@Nullable String location) {
		if (location == null || location.isBlank()) {
			throw new UnusableSettingsException(
					"gateway.history.location is missing: with gateway.history.enabled, set it to " + FORMS + ".");
		}
		if (location.startsWith(S3Location.SCHEME)) {
			return bucket(location);
		}
		if (location.contains("://")) {
			throw new UnusableSettingsException(
					"gateway.history.location is the URL of another kind of store: set it to " + FORMS + ".");
		}
		return folder("gateway.history.location", Path.of(location));
	}

	/**
	 * Opens the folder of <code>gateway.history.spool</code>.
	 * @return the folder, or null if none is configured
	 * @throws UnusableSettingsException if it cannot be written
	 */
	static @Nullable SnapshotStore openSpool(@Nullable Path spool) {
		return (spool != null) ? folder("gateway.history.spool", spool) : null;
	}

	private static SnapshotStore bucket(String location) {
		try {
			return S3SnapshotStore.of(S3Location.parse(location));
		}
		catch (IllegalArgumentException malformed) {
			throw new UnusableSettingsException("gateway.history.location is invalid: " + malformed.getMessage() + ".");
		}
	}

	private static SnapshotStore folder(String property, Path path) {
		try {
			return FolderSnapshotStore.of(path);
		}
		catch (IOException failure) {
			throw new UnusableSettingsException(
					"%s is %s, which cannot be written: %s.".formatted(property, path, failure));
		}
	}

}
