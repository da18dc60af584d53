package io.htgateway.web.reply;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.htgateway.access.Team;
import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import io.htgateway.cache.store.Representation;
import io.htgateway.time.Dates;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Response made from a result of the cache: one of its representations, or only 304.
 *
 * @param gzip whether the representation is compressed
 * @param notModified whether the response is 304, because the client already has it
 * @param toTeam whether the response is for one team only
 */
public record Reply(CacheResult result, Representation representation, boolean gzip, boolean notModified,
		boolean toTeam) {

	/**
	 * Header with the date of the newest update of the source when the response was
	 * fetched, in ISO 8601.
	 */
	public static final String STATE_TIME = "HyperTracker-State-Time";

	private static final AsciiString STATE = AsciiString.cached(STATE_TIME);

	private static final AsciiString CACHE_STATUS = AsciiString.cached(CacheHeaders.CACHE_STATUS);

	/**
	 * Returns the reply to a request.
	 * @param team the team that sent the request
	 * @param request returns the value of a request header by its name, or null
	 */
	public static Reply of(CacheResult result, Team team, Function<String, @Nullable String> request) {
		CachedResponse response = result.response();
		Representation compressed = response.gzip();
		boolean gzip = compressed != null && AcceptEncoding.allowsGzip(request.apply(HttpHeaders.ACCEPT_ENCODING));
		Representation chosen = (compressed != null && gzip) ? compressed : response.identity();
		boolean notModified = Preconditions.isNotModified(request.apply(HttpHeaders.IF_NONE_MATCH),
				request.apply(HttpHeaders.IF_MODIFIED_SINCE), chosen.etag(), response.origin().lastModified());
		return new Reply(result, chosen, gzip, notModified, team != Team.ANONYMOUS);
	}

	/**
	 * Passes the headers of the reply to the given consumer, each once.
	 * @param vary the request headers that responses vary on
	 * @param dates converts the time of fetching to a date
	 */
	public void headers(String vary, Dates dates, BiConsumer<AsciiString, String> headers) {
		headers.accept(HttpHeaderNames.ETAG, representation.etag());
		headers.accept(HttpHeaderNames.CACHE_CONTROL, CacheHeaders.cacheControl(result, toTeam));
		headers.accept(HttpHeaderNames.DATE, httpDate(dates.date(result.response().origin().fetchedAt())));
		headers.accept(HttpHeaderNames.VARY, vary);
		if (!notModified) {
			contentHeaders(headers);
		}
		headers.accept(CACHE_STATUS, CacheHeaders.cacheStatus(result));
		if (result.outcome() != CacheOutcome.BYPASS) {
			headers.accept(HttpHeaderNames.AGE, Long.toString(result.age().toSeconds()));
		}
		Instant updatedAt = result.response().origin().updatedAt();
		if (updatedAt != null) {
			headers.accept(STATE, updatedAt.truncatedTo(ChronoUnit.SECONDS).toString());
		}
	}

	private void contentHeaders(BiConsumer<AsciiString, String> headers) {
		headers.accept(HttpHeaderNames.CONTENT_TYPE, result.response().contentType());
		headers.accept(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(representation.length()));
		headers.accept(HttpHeaderNames.ACCEPT_RANGES, "none");
		if (gzip) {
			headers.accept(HttpHeaderNames.CONTENT_ENCODING, "gzip");
		}
		Origin origin = result.response().origin();
		Instant lastModified = (origin.lastModified() != null) ? origin.lastModified() : origin.updatedAt();
		if (lastModified != null) {
			headers.accept(HttpHeaderNames.LAST_MODIFIED, httpDate(lastModified));
		}
	}

	private static String httpDate(Instant instant) {
		return DateFormatter.format(Date.from(instant));
	}

}
