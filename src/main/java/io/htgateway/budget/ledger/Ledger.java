package io.htgateway.budget.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The count of the calls of all replicas, which grants or refuses each call. It may be
 * unavailable.
 */
public interface Ledger {

	/**
	 * Returns whether the ledger is available, as far as this replica knows.
	 */
	boolean isAvailable();

	/**
	 * Returns whether the ledger is available. May wait during a short outage.
	 */
	default Mono<Boolean> awaitAvailable() {
		return Mono.fromSupplier(this::isAvailable);
	}

	/**
	 * Sends a request and returns the ledger's reply, which may be late. After a failure
	 * it is unknown whether the call was counted. A request may be sent again: it takes
	 * effect once.
	 */
	Mono<Reply> send(Request request);

	/**
	 * A request to the ledger.
	 *
	 * @param number sequence number among the requests of this replica
	 * @param change 1 charges a call, -1 releases one, 0 changes nothing
	 * @param charge id of the call that is charged or released, or empty
	 * @param epoch epoch of the ledger in the latest reply, or empty before the first
	 * reply
	 * @param calls number of calls in the latest reply
	 * @param priority priority of the call
	 * @param account account of the call, or empty if no calls are reserved for it
	 * @param minute the minute, or null if it is not limited
	 * @param windows the day and the month, as far as they are limited
	 * @param elsewhere estimates of the calls of others by the name of the window
	 * @param report calls that were made without the ledger, or null
	 * @param entry entry in the account of the month
	 */
	record Request(long number, int change, String charge, String epoch, long calls, Priority priority, String account,
			@Nullable Minute minute, List<Window> windows, Map<String, Estimate> elsewhere, @Nullable Report report,
			Entry entry) {
	}

	/**
	 * Entry in the account of the month.
	 *
	 * @param month the month of the account, for the period of the longest window in the
	 * same request
	 * @param line line of the call that is charged, or empty
	 * @param team team for which a call is charged or released, or whose calls are read;
	 * or empty
	 * @param read whether the reply is to have the calls of the team
	 */
	record Entry(String month, String line, String team, boolean read) {

		static final Entry NONE = new Entry("", "", "", false);

		static Entry ofCharge(Line line) {
			return new Entry("", line.toString(), line.team(), false);
		}

		static Entry ofRelease(String team) {
			return new Entry("", "", team, false);
		}

		static Entry ofRead(String team) {
			return new Entry("", "", team, true);
		}

		Entry in(String currentMonth) {
			return new Entry(currentMonth, line, team, read);
		}

	}

	/**
	 * The minute.
	 *
	 * @param limit most calls in any minute
	 * @param length time after which a call leaves the minute, in milliseconds
	 * @param needed calls that must be left to grant this one
	 * @param unknown calls that may have been made in a minute, if it is not known
	 */
	record Minute(long limit, long length, long needed, long unknown) {
	}

	/**
	 * A day or a month.
	 *
	 * @param name day or month
	 * @param start start of the period, in milliseconds since 1970
	 * @param limit most calls in the period
	 * @param needed calls that must be left to grant this one
	 * @param known calls in the period that this replica knows of
	 * @param assumed how many of the known calls are assumed
	 * @param certain how many of the assumed calls are never dropped
	 * @param assumesNone whether the other assumed calls are dropped
	 */
	record Window(String name, long start, long limit, long needed, long known, long assumed, long certain,
			boolean assumesNone) {
	}

	/**
	 * Calls that one replica made without the ledger. A report is counted once, however
	 * often it is sent.
	 *
	 * @param replica id of the replica
	 * @param number sequence number among the reports of the replica
	 * @param accounts calls by account, for accounts with reservations
	 * @param windows calls by the name of the window
	 * @param minute calls of the minute, if the replica had no fallback part of its own
	 * @param lines calls of the longest window by line of the account
	 * @param teams calls of each window by team
	 */
	record Report(String replica, long number, long interactive, long refresh, Map<String, Long> accounts,
			Map<String, Calls> windows, Map<Long, Map<String, Long>> minute, Map<String, Long> lines,
			Map<String, Map<String, Long>> teams) {
	}

	/**
	 * Calls in a day or month.
	 *
	 * @param start start of the period, in milliseconds since 1970
	 * @param calls all calls that count, whether made or assumed
	 * @param assumed how many of them are assumed
	 * @param certain how many of the assumed calls are never dropped
	 */
	record Calls(long start, long calls, long assumed, long certain) {
	}

	/**
	 * Estimate of the calls of others. The ledger keeps the one with the highest
	 * revision: one that arrives late or again changes nothing.
	 *
	 * @param start start of the period, in milliseconds since 1970
	 * @param calls calls that others have made
	 * @param expected calls that others are expected to make until the period ends
	 * @param revision number of the estimate in its period
	 * @param at when the estimate was made, in milliseconds since 1970
	 */
	record Estimate(long start, long calls, long expected, long revision, long at) {

		static Estimate of(Instant start, Elsewhere elsewhere) {
			return new Estimate(start.toEpochMilli(), elsewhere.calls(), elsewhere.expected(), elsewhere.revision(),
					elsewhere.at().toEpochMilli());
		}

		Elsewhere elsewhere() {
			return new Elsewhere(calls, expected, revision, Instant.ofEpochMilli(at));
		}

	}

	/**
	 * The reply of the ledger.
	 *
	 * @param epoch identifies the ledger: a Redis that lost its data starts another one
	 * @param calls all calls that the ledger granted or that were reported to it
	 * @param refused name of the window that has no call left, or null if the call is
	 * granted
	 * @param minute calls of the minute by age in milliseconds, and by account; empty if
	 * it is not known
	 * @param assumed assumed calls of the minute by age in milliseconds
	 * @param interactive all interactive calls
	 * @param refresh all refreshes
	 * @param accounts calls of each account for which calls are reserved
	 * @param windows calls of the day and the month by name
	 * @param elsewhere estimates of the calls of others by the name of the window
	 * @param used calls of the team in the request by the name of the window, if they
	 * were to be read
	 * @param reported number of the report in the request, which is counted now; 0
	 * without one
	 */
	record Reply(String epoch, long calls, @Nullable String refused, Map<Long, Map<String, Long>> minute,
			Map<Long, Long> assumed, long interactive, long refresh, Map<String, Long> accounts,
			Map<String, Calls> windows, Map<String, Estimate> elsewhere, Map<String, Long> used, long reported) {
	}

}
