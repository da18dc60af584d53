package io.htgateway.history.web;

import java.util.function.Function;

import io.htgateway.history.read.SnapshotReader;
import io.htgateway.history.store.Snapshot;
import io.htgateway.web.reply.AcceptEncoding;
import io.htgateway.web.reply.Preconditions;
import io.htgateway.web.reply.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Response to a request for a snapshot: its stored gzip, its uncompressed body, or 304.
 *
 * @param gzip whether the stored gzip is sent as it is
 * @param etag entity tag of the representation, with its quotes
 * @param notModified whether the response is 304, because the client has the
 * representation
 */
record SnapshotReply(Snapshot snapshot, boolean gzip, String etag, boolean notModified) {

	/**
	 * Returns the reply to a request.
	 * @param request function from the name of a request header to its value, or to null
	 */
	static SnapshotReply of(Snapshot snapshot, Function<String, @Nullable String> request) {
		boolean gzip = AcceptEncoding.allowsGzip(request.apply(HttpHeaders.ACCEPT_ENCODING));
		String etag = '"' + snapshot.etag() + (gzip ? "-gzip\"" : "\"");
		boolean notModified = Preconditions.isNotModified(request.apply(HttpHeaders.IF_NONE_MATCH),
				request.apply(HttpHeaders.IF_MODIFIED_SINCE), etag, snapshot.time());
		return new SnapshotReply(snapshot, gzip, etag, notModified);
	}

	/**
	 * Adds the headers that responses with 200 and 304 have in common.
	 * @param immutable whether all responses to the request have the same body
	 */
	void headers(HttpHeaders headers, boolean immutable, boolean toTeam, String vary) {
		headers.setETag(etag);
		headers.setCacheControl((toTeam ? "private, " : "") + (immutable ? "max-age=31536000, immutable" : "no-cache"));
		headers.set(HttpHeaders.CONTENT_LOCATION, SnapshotPath.fromSnapshot(snapshot));
		headers.set(HttpHeaders.VARY, vary);
		headers.set(Reply.STATE_TIME, snapshot.time().toString());
	}

	/**
	 * Adds the headers of the content, and returns the content.
	 */
	byte[] content(SnapshotReader.Body body, HttpHeaders headers) {
		byte[] content = gzip ? body.gzip() : body.plain();
		headers.setContentType(snapshot.format().mediaType());
		headers.setContentLength(content.length);
		headers.setLastModified(snapshot.time());
		headers.set(HttpHeaders.ACCEPT_RANGES, "none");
		if (gzip) {
			headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
		}
		return content;
	}

}
