package io.htgateway.web;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a replay that are the same each time, by the kind of its reply: checked
 * and hashed once, and only copied then.
 */
final class ConstantHeaders {

	private static final int KINDS = 4;

	private final AtomicReferenceArray<@Nullable HttpHeaders> headers = new AtomicReferenceArray<>(KINDS);

	HttpHeaders of(Reply reply) {
		int kind = (reply.gzip() ? 1 : 0) + (reply.notModified() ? 2 : 0);
		HttpHeaders constant = headers.get(kind);
		if (constant == null) {
			constant = new DefaultHttpHeaders();
			reply.constantHeaders(constant::add);
			headers.set(kind, constant);
		}
		return constant;
	}

}
