package io.htgateway.download;

import org.jspecify.annotations.Nullable;

/**
 * A complete file.
 *
 * @param body its bytes after decompression; not copied, and not to be changed
 * @param etag the object store's validator of the file as it is stored there
 * @param lastModified when the object store last changed it, as an HTTP date
 */
@SuppressWarnings("ArrayRecordComponent")
public record DownloadedFile(byte[] body, @Nullable String etag, @Nullable String lastModified) {
}
