package io.htgateway.download.response;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a download brought.
 */
public sealed interface Download {

	/**
	 * A complete file.
	 *
	 * @param body its bytes after decompression; not copied, and not to be changed
	 * @param age how old the object store says that its answer is (RFC 9111 5.1)
	 * @param validators the object store's validators of the file as it is stored there
	 * @param coding its declared content coding if that is not supported; the bytes
	 * decide
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record File(byte[] body, Duration age, FileValidators validators, @Nullable String coding) implements Download {
	}

	/**
	 * The file is still the one whose validators were sent (304).
	 *
	 * @param age how old the object store says that its answer is (RFC 9111 5.1)
	 * @param validators the validators of the 304
	 */
	record NotModified(Duration age, FileValidators validators) implements Download {
	}

}
