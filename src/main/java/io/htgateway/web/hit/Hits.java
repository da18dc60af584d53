package io.htgateway.web.hit;

import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

import io.htgateway.access.RateLimitHeaders;
import io.htgateway.access.Team;
import io.htgateway.access.authentication.Authenticator;
import io.htgateway.access.request.ClientAddresses;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.ResponseCache;
import io.htgateway.cache.store.Representation;
import io.htgateway.traffic.AccessLine;
import io.htgateway.traffic.AccessLog;
import io.htgateway.traffic.Outcome;
import io.htgateway.traffic.RequestTrace;
import io.htgateway.traffic.RequestTraces;
import io.htgateway.web.connection.Drain;
import io.htgateway.web.protocol.HostHeader;
import io.htgateway.web.reply.AcceptEncoding;
import io.htgateway.web.reply.Cors;
import io.htgateway.web.reply.Reply;
import io.netty.channel.Channel;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Requests that are answered by a replay, before they are parsed. A request that is not
 * plainly a repetition goes to its endpoint.
 */
@Component
public final class Hits {

	/**
	 * Longest list of media types that is matched, because the pattern recurses. A list
	 * of this length has no more types than the server accepts (<code>Acceptance</code>).
	 */
	private static final int MAX_ACCEPT = 200;

	private static final String MEDIA_TYPE = "(?:[\\w.+-]+/[\\w.+*-]+|\\*/\\*)";

	private static final Pattern JSON_AMONG_OTHERS = Pattern.compile("(?:" + MEDIA_TYPE + " *, *)*"
			+ "(?:application/json|application/\\*|\\*/\\*)" + "(?: *, *" + MEDIA_TYPE + ")*");

	private final Replays replays;

	private final ResponseCache cache;

	private final BodyFiles files;

	private final AccessLog log;

	private final RequestTraces traces;

	private final Authenticator authenticator;

	private final RateLimitHeaders limits;

	private final Cors cors;

	private final Drain drain;

	private final ClientAddresses addresses;

	private final InstantSource clock;

	Hits(Replays replays, ResponseCache cache, BodyFiles files, AccessLog log, Authenticator authenticator,
			RateLimitHeaders limits, Cors cors, Drain drain, ClientAddresses addresses, InstantSource clock,
			ObjectProvider<RequestTraces> traces) {
		this.clock = clock;
		this.cors = cors;
		this.drain = drain;
		this.addresses = addresses;
		this.replays = replays;
		this.authenticator = authenticator;
		this.limits = limits;
		this.cache = cache;
		this.files = files;
		this.log = log;
		this.traces = traces.getIfAvailable(() -> RequestTraces.NONE);
	}

	/**
	 * Returns the hit for the given request, or null if it is not a hit or may not be
	 * answered as one. Other parts of the gateway then answer: the filter, if the team is
	 * not known yet; the handler of the endpoint, if the team has no right to it; the
	 * server, if the connection is to be closed.
	 * @param caller caller of the connection
	 */
	@Nullable Hit find(HttpRequest request, ConnectionCaller caller) {
		long start = System.nanoTime();
		Replay replay = replays.find(request.uri());
		if (replay == null || drain.hasBegun() || !isPlainRead(request) || !accepts(request.headers(), replay)) {
			return null;
		}
		if (replay.response().lacksGzip() && acceptsGzip(request.headers())) {
			return null;
		}
		Team team = caller.find(request.headers(), authenticator, clock.millis());
		CacheResult result = (team != null && team.mayRead(replay.scope())) ? replay.hit(cache) : null;
		if (team == null || result == null) {
			return null;
		}
		Reply reply = Reply.of(result, team, (name) -> joined(request.headers(), name));
		return team.tryAdmit() ? new Hit(request, replay, reply, headers(request, team), start) : null;
	}

	private CallerHeaders headers(HttpRequest request, Team team) {
		String origin = cors.isOn() ? cors.allowed(request.headers().get(HttpHeaderNames.ORIGIN)) : null;
		return new CallerHeaders(team, limits, origin);
	}

	/**
	 * Returns the body of the given hit in a file, or null if it must be sent from
	 * memory.
	 */
	@Nullable FileRegion file(Hit hit) {
		Representation body = hit.body();
		return (body != null) ? files.find(body) : null;
	}

	/**
	 * Counts, logs and traces a hit that has been answered.
	 * @param number number of the request among the hits of the connection
	 */
	void record(Hit hit, Channel channel, long number) {
		long nanos = System.nanoTime() - hit.start();
		hit.replay().meters().count(hit, nanos);
		if (traces.isOn()) {
			trace(hit, channel, number, nanos);
		}
		else if (log.writes(Outcome.HIT)) {
			log.write(line(hit, channel, number, nanos));
		}
	}

	private void trace(Hit hit, Channel channel, long number, long nanos) {
		RequestTrace trace = traces.begin(hit.request().headers()::get, nanos);
		AccessLine line = line(hit, channel, number, nanos).withTrace(trace);
		log.write(line);
		trace.end(line);
	}

	private AccessLine line(Hit hit, Channel channel, long number, long nanos) {
		return hit.line(channel, addresses.of(channel.remoteAddress(), hit.request().headers()), number, nanos);
	}

	private static boolean isPlainRead(HttpRequest request) {
		return (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method()))
				&& request.decoderResult().isSuccess() && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
				&& HttpUtil.isKeepAlive(request) && !isMoreThanRead(request) && HostHeader.isValid(request.headers());
	}

	// The request has a body, or expects 100 (Continue).
	private static boolean isMoreThanRead(HttpRequest request) {
		HttpHeaders headers = request.headers();
		return HttpUtil.getContentLength(request, 0) != 0 || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				|| headers.contains(HttpHeaderNames.EXPECT);
	}

	// Accepts only plain lists. The endpoint evaluates weights.
	private static boolean accepts(HttpHeaders headers, Replay replay) {
		String accept = joined(headers, HttpHeaderNames.ACCEPT);
		return accept == null || accept.equals("*/*")
				|| (replay.isJson() && accept.length() <= MAX_ACCEPT && JSON_AMONG_OTHERS.matcher(accept).matches());
	}

	private static boolean acceptsGzip(HttpHeaders headers) {
		return AcceptEncoding.allowsGzip(joined(headers, HttpHeaderNames.ACCEPT_ENCODING));
	}

	private static @Nullable String joined(HttpHeaders headers, CharSequence name) {
		if (!headers.contains(name)) {
			return null;
		}
		List<String> values = headers.getAll(name);
		return (values.size() == 1) ? values.getFirst() : String.join(",", values);
	}

}
