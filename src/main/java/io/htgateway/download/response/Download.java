package io.htgateway.download.response;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Result of a successful download.
 */
public sealed interface Download {

	/**
	 * A complete file.
	 *
	 * @param body its bytes after decompression; not copied, so callers must not change
	 * them
	 * @param age age of the response by its <code>Age</code> header (RFC 9111 5.1)
	 * @param validators the object store's validators of the file as it is stored there
	 * @param coding its declared content coding if the gateway cannot decode it, or null;
	 * the file may be readable all the same
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] body, Duration age, FileValidators validators, @Nullable String coding) implements Download {
	}

	/**
	 * Confirmation that the file still has the validators that were sent (304).
	 *
	 * @param age age of the response by its <code>Age</code> header (RFC 9111 5.1)
	 * @param validators the validators of the 304
	 */
	record NotModified(Duration age, FileValidators validators) implements Download {
	}

}
