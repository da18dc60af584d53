package io.htgateway.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.htgateway.cache.CacheResult;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * What is known so far of what becomes of a request.
 */
public final class RequestRecord {

	private static final String ATTRIBUTE = RequestRecord.class.getName();

	private final long start = System.nanoTime();

	private final RequestTrace trace;

	// One thread may end the request while another still processes it.
	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable String team;

	private volatile Answer answer = Answer.NONE;

	private final Channel channel;

	private RequestRecord(RequestTrace trace, Channel channel) {
		this.trace = trace;
		this.channel = channel;
	}

	static RequestRecord begin(ServerWebExchange exchange, RequestTrace trace) {
		RequestRecord visit = new RequestRecord(trace, CutOffRequests.channel(exchange.getRequest()));
		exchange.getAttributes().put(ATTRIBUTE, visit);
		return visit;
	}

	/**
	 * Returns the visit of the given exchange, or nothing on the management port.
	 */
	public static Optional<RequestRecord> of(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
	}

	/**
	 * Notes the team that sent the request.
	 */
	public void belongsTo(String sender) {
		team = sender;
	}

	/**
	 * Notes that the request is about to be answered with the given result.
	 */
	public void answered(CacheResult result) {
		answer = new Answer(Outcome.of(result.outcome()), result.age());
	}

	/**
	 * Notes that the request is about to be answered with a problem.
	 */
	public void failed(Outcome outcome) {
		answer = new Answer(outcome, null);
	}

	RequestTrace trace() {
		return trace;
	}

	Channel channel() {
		return channel;
	}

	/**
	 * Whose it is, or null where that is not known.
	 */
	@Nullable String team() {
		return team;
	}

	/**
	 * Whether this is its end, and not a second one. A client may leave on one thread
	 * while it is answered on another.
	 */
	boolean end() {
		return ended.compareAndSet(false, true);
	}

	/**
	 * Returns the answer to the request, as far as known.
	 */
	Answer answer() {
		return answer;
	}

	long nanos() {
		return System.nanoTime() - start;
	}

	/**
	 * An answer.
	 *
	 * @param outcome the outcome of the request, or null if it is not about mirrored data
	 * @param age age of the data, if there is any
	 */
	record Answer(@Nullable Outcome outcome, @Nullable Duration age) {

		static final Answer NONE = new Answer(null, null);

		static final Answer ABORTED = new Answer(Outcome.ABORTED, null);

		static final Answer INVALID = new Answer(Outcome.INVALID, null);

		/**
		 * Returns the same answer with the given status.
		 */
		Answer with(@Nullable HttpStatusCode status) {
			if (outcome != null || status == null || !status.isError()) {
				return this;
			}
			return new Answer(status.is4xxClientError() ? Outcome.INVALID : Outcome.FAILED, age);
		}

	}

}
