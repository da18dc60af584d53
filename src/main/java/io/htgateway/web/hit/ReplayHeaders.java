package io.htgateway.web.hit;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.htgateway.time.Dates;
import io.htgateway.web.reply.Reply;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a replay by the kind of its reply: checked and hashed once, and made
 * anew only when the seconds in them have changed.
 */
final class ReplayHeaders {

	private static final int KINDS = 8;

	private final AtomicReferenceArray<@Nullable Headers> headers = new AtomicReferenceArray<>(KINDS);

	private final String vary;

	private final Dates dates;

	/**
	 * Headers of which none are made yet.
	 * @param vary what replies vary on
	 * @param dates converts the time of fetching to a date
	 */
	ReplayHeaders(String vary, Dates dates) {
		this.vary = vary;
		this.dates = dates;
	}

	/**
	 * The same for another replay.
	 */
	ReplayHeaders anew() {
		return new ReplayHeaders(vary, dates);
	}

	/**
	 * The headers of the given reply, which must not be changed.
	 */
	HttpHeaders of(Reply reply) {
		int kind = (reply.gzip() ? 1 : 0) + (reply.notModified() ? 2 : 0) + (reply.toTeam() ? 4 : 0);
		long age = reply.result().age().toSeconds();
		long ttl = reply.result().ttl().toSeconds();
		Headers made = headers.get(kind);
		if (made == null || made.age() != age || made.ttl() != ttl) {
			made = new Headers(age, ttl, headers(reply));
			headers.set(kind, made);
		}
		return made.all();
	}

	private HttpHeaders headers(Reply reply) {
		HttpHeaders all = DefaultHttpHeadersFactory.headersFactory().newHeaders();
		reply.headers(vary, dates, (name, value) -> all.add(name, AsciiString.cached(value)));
		return all;
	}

	private record Headers(long age, long ttl, HttpHeaders all) {
	}

}
