package io.htgateway.history.store;

import java.util.Arrays;
import java.util.Optional;

import org.springframework.http.MediaType;

/**
 * Format of the bodies of snapshots.
 */
public enum SnapshotFormat {

	/**
	 * JSON.
	 */
	JSON("json", MediaType.APPLICATION_JSON),

	/**
	 * Comma-separated values.
	 */
	CSV("csv", MediaType.parseMediaType("text/csv")),

	/**
	 * Any other text.
	 */
	TEXT("txt", MediaType.TEXT_PLAIN),

	/**
	 * Any other bytes.
	 */
	BINARY("bin", MediaType.APPLICATION_OCTET_STREAM);

	private final String extension;

	// Media types are immutable.
	@SuppressWarnings("ImmutableEnumChecker")
	private final MediaType mediaType;

	SnapshotFormat(String extension, MediaType mediaType) {
		this.extension = extension;
		this.mediaType = mediaType;
	}

	/**
	 * Returns the format of bodies of the given media type.
	 */
	public static SnapshotFormat ofMediaType(String contentType) {
		MediaType type = MediaType.parseMediaType(contentType);
		if (String.valueOf(type.getSubtypeSuffix()).equals("json")) {
			return JSON;
		}
		return Arrays.stream(values())
			.filter((format) -> format.mediaType.isCompatibleWith(type))
			.findFirst()
			.orElse(type.getType().equals("text") ? TEXT : BINARY);
	}

	static Optional<SnapshotFormat> ofExtension(String extension) {
		return Arrays.stream(values()).filter((format) -> format.extension.equals(extension)).findFirst();
	}

	String extension() {
		return extension;
	}

	/**
	 * Returns the media type of the bodies.
	 */
	public MediaType mediaType() {
		return mediaType;
	}

}
