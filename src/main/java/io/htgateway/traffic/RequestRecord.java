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
 * State of one request for metrics, log and trace.
 */
public final class RequestRecord {

	private static final String ATTRIBUTE = RequestRecord.class.getName();

	private final long start = System.nanoTime();

	private final RequestTrace trace;

	// One thread may end the request while another still processes it.
	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable String team;

	private volatile Answer answer = Answer.NONE;

	private volatile long bytes;

	private final Channel channel;

	private RequestRecord(RequestTrace trace, Channel channel) {
		this.trace = trace;
		this.channel = channel;
	}

	static RequestRecord begin(ServerWebExchange exchange, RequestTrace trace) {
		RequestRecord record = new RequestRecord(trace, CutOffRequests.channel(exchange.getRequest()));
		exchange.getAttributes().put(ATTRIBUTE, record);
		return record;
	}

	/**
	 * Returns the record of the given exchange, or empty on the management port.
	 */
	public static Optional<RequestRecord> of(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
	}

	/**
	 * Records the team that sent the request.
	 */
	public void sentBy(String name) {
		team = name;
	}

	/**
	 * Records the result that the request is about to be answered with.
	 */
	public void answered(CacheResult result) {
		answer = new Answer(Outcome.of(result.outcome()), result.age());
	}

	/**
	 * Records that the answer has a body of the given number of bytes.
	 */
	public void sends(long length) {
		bytes = length;
	}

	/**
	 * Returns the number of bytes of the answer's body.
	 */
	long bytes() {
		return bytes;
	}

	/**
	 * Records that the request is about to be answered with a problem.
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
	 * Returns the name of the team that sent the request, or null if it is not known.
	 */
	@Nullable String team() {
		return team;
	}

	/**
	 * Ends the request, and returns whether it had not ended before. A client may
	 * disconnect on one thread while it is answered on another.
	 */
	boolean end() {
		return ended.compareAndSet(false, true);
	}

	/**
	 * Returns the answer to the request as known so far.
	 */
	Answer answer() {
		return answer;
	}

	long nanos() {
		return System.nanoTime() - start;
	}

	/**
	 * Answer to a request.
	 *
	 * @param outcome outcome of the request, or null if it is not about mirrored data
	 * @param age age of the data, or null if there is none
	 */
	record Answer(@Nullable Outcome outcome, @Nullable Duration age) {

		static final Answer NONE = new Answer(null, null);

		static final Answer ABORTED = new Answer(Outcome.ABORTED, null);

		static final Answer INVALID = new Answer(Outcome.INVALID, null);

		/**
		 * Returns this answer, with the outcome of the given status if it has none.
		 */
		Answer with(@Nullable HttpStatusCode status) {
			if (outcome != null || status == null || !status.isError()) {
				return this;
			}
			return new Answer(status.is4xxClientError() ? Outcome.INVALID : Outcome.FAILED, age);
		}

	}

}
