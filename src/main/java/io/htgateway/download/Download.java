package io.htgateway.download;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a download brought.
 */
public sealed interface Download {

	/**
	 * A complete file.
	 *
	 * @param body its bytes after decompression; not copied, and not to be changed
	 * @param etag the object store's validator of the file as it is stored there
	 * @param lastModified when the object store last changed it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] body, @Nullable String etag, @Nullable Instant lastModified) implements Download {
	}

	/**
	 * The file is still the one whose validator was sent (304).
	 */
	record NotModified() implements Download {
	}

}
