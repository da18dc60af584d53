package io.htgateway.web.hit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.htgateway.time.Dates;
import io.htgateway.web.protocol.EncodedHead;
import io.htgateway.web.reply.Reply;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Headers of a replay by the kind of its reply. They are checked and hashed once, and
 * made again only when the seconds in them have changed.
 */
final class ReplayHeaders {

	private static final int KINDS = 8;

	private final AtomicReferenceArray<@Nullable Headers> headers = new AtomicReferenceArray<>(KINDS);

	private final String vary;

	private final Dates dates;

	/**
	 * Creates headers, none of which are made yet.
	 * @param vary the request headers that responses vary on
	 * @param dates converts the time of fetching to a date
	 */
	ReplayHeaders(String vary, Dates dates) {
		this.vary = vary;
		this.dates = dates;
	}

	/**
	 * Returns headers for another replay, none of which are made yet.
	 */
	ReplayHeaders cleared() {
		return new ReplayHeaders(vary, dates);
	}

	/**
	 * Returns the headers of the given reply. They must not be changed.
	 */
	HttpHeaders of(Reply reply) {
		return current(reply).all();
	}

	/**
	 * Returns the same headers with the given status, for HTTP/2. They must not be
	 * changed.
	 */
	Http2Headers http2(Reply reply, HttpResponseStatus status) {
		Headers current = current(reply);
		Http2Headers http2 = current.http2().get();
		if (http2 == null) {
			http2 = http2(status, current.all());
			current.http2().set(http2);
		}
		return http2;
	}

	/**
	 * Returns the given status and headers for HTTP/2.
	 */
	static Http2Headers http2(HttpResponseStatus status, HttpHeaders all) {
		return HttpConversionUtil.toHttp2Headers(all, false).status(status.codeAsText());
	}

	/**
	 * Returns the given status and the same headers as bytes of HTTP/1.1, to which more
	 * headers may be added. The array must not be changed.
	 */
	byte[] encoded(Reply reply, HttpResponseStatus status) {
		Headers current = current(reply);
		byte[] encoded = current.encoded().get();
		if (encoded == null) {
			encoded = EncodedHead.of(status, current.all());
			current.encoded().set(encoded);
		}
		return encoded;
	}

	private Headers current(Reply reply) {
		int kind = (reply.gzip() ? 1 : 0) + (reply.notModified() ? 2 : 0) + (reply.toTeam() ? 4 : 0);
		long age = reply.result().age().toSeconds();
		long ttl = reply.result().ttl().toSeconds();
		Headers cached = headers.get(kind);
		if (cached == null || cached.age() != age || cached.ttl() != ttl) {
			cached = new Headers(age, ttl, headers(reply), new AtomicReference<>(), new AtomicReference<>());
			headers.set(kind, cached);
		}
		return cached;
	}

	private HttpHeaders headers(Reply reply) {
		HttpHeaders all = DefaultHttpHeadersFactory.headersFactory().newHeaders();
		reply.headers(vary, dates, (name, value) -> all.add(name, AsciiString.cached(value)));
		return all;
	}

	private record Headers(long age, long ttl, HttpHeaders all, AtomicReference<@Nullable Http2Headers> http2,
			AtomicReference<byte @Nullable []> encoded) {
	}

}
