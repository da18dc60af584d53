package io.htgateway.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.failure.LoadFailures;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerErrorException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests of the error contract in {@link ProblemDetails}, one row for each failure.
 */
class ProblemDetailsTests {

	private static final String OWN = "urn:hypertracker-gateway:";

	private static final String REJECTED = OWN + "upstream-rejected";

	private static final String FAILED = OWN + "upstream-failed";

	private static final String TIMED_OUT = OWN + "upstream-timed-out";

	@ParameterizedTest
	@MethodSource
	void ofWhenUpstreamOrDownloadFailedIsItsProblem(Throwable failure, int status, String type, String detail,
			@Nullable Integer forwarded) {
		ProblemDetails problem = ProblemDetails.of(failure);

		assertThat(problem.status().value()).isEqualTo(status);
		assertThat(problem.type()).isEqualTo(type);
		assertThat(problem.detail()).isEqualTo(detail);
		assertThat(problem.forwarded()).isEqualTo(forwarded);
		assertThat(problem.retryAfter()).isNull();
		assertThat(problem.errors()).isEmpty();
		assertThat(problem.headers().isEmpty()).isTrue();
		assertThat(problem.toString()).doesNotContain("canary");
	}

	static Stream<Arguments> ofWhenUpstreamOrDownloadFailedIsItsProblem() {
		return Stream.of(arguments(new UpstreamException.Rejected(400, "bad coin"), 400, REJECTED, "bad coin", 400),
				arguments(new UpstreamException.Rejected(404, ""), 404, REJECTED,
						"the upstream rejected the request without a reason", 404),
				arguments(new UpstreamException.Rejected(422, "x"), 422, REJECTED, "x", 422),
				arguments(new UpstreamException.CredentialsRefused(401), 502, OWN + "upstream-credentials-refused",
						"the upstream refused the gateway's API key; the gateway's operators must check or replace it",
						401),
				arguments(new UpstreamException.CredentialsRefused(403), 502, OWN + "upstream-credentials-refused",
						"the upstream refuses this endpoint for the gateway's API key;"
								+ " the gateway's operators must check that the plan includes it",
						403),
				arguments(new UpstreamException.Failed(500), 502, FAILED, "the upstream answered 500", 500),
				arguments(new UpstreamException.Failed(302), 502, FAILED, "the upstream answered 302", 302),
				arguments(new UpstreamException.Malformed("an empty body"), 502, FAILED,
						"the upstream sent an empty body", 200),
				arguments(new UpstreamException.Malformed("a redirect", 307), 502, FAILED,
						"the upstream sent a redirect", 307),
				arguments(new UpstreamException.Unreachable(canary()), 502, FAILED,
						"the connection to the upstream failed", null),
				arguments(new UpstreamException.TimedOut(canary()), 504, TIMED_OUT,
						"the upstream did not answer in time", null),
				arguments(new TimeoutException("canary"), 504, TIMED_OUT, "the upstream did not answer in time", null),
				arguments(new DownloadException.TargetRefused("a bad link"), 502, FAILED,
						"the upstream gave a bad link", null),
				arguments(new DownloadException.LinkExpired(400), 502, FAILED,
						"the object store refused the link to the file as expired; try again", 400),
				arguments(new DownloadException.NotFound(403, "AccessDenied"), 404, REJECTED,
						"the object store has no such file: it answered 403 (AccessDenied)", 403),
				arguments(new DownloadException.NotFound(404, null), 404, REJECTED,
						"the object store has no such file: it answered 404", 404),
				arguments(new DownloadException.Failed(503, null), 502, FAILED, "the object store answered 503", 503),
				arguments(new DownloadException.Failed(503, "InternalError"), 502, FAILED,
						"the object store answered 503 (InternalError)", 503),
				arguments(new DownloadException.Malformed("long headers", null), 502, FAILED,
						"the object store sent long headers", null),
				arguments(new UpstreamException.Malformed("long headers", null), 502, FAILED,
						"the upstream sent long headers", null),
				arguments(new DownloadException.Malformed("a broken gzip file"), 502, FAILED,
						"the object store sent a broken gzip file", 200),
				arguments(new DownloadException.Unreachable(canary()), 502, FAILED,
						"the connection to the object store failed", null),
				arguments(new DownloadException.TimedOut(canary()), 504, TIMED_OUT,
						"the object store did not answer in time", null));
	}

	@Test
	void ofWhenStoreAskedForAPauseSaysWhenToTryAgain() {
		DownloadException failure = new DownloadException.SlowDown(503, "SlowDown", Duration.ZERO)
			.pausedFor(Duration.ofSeconds(42));

		ProblemDetails problem = ProblemDetails.of(failure);

		assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(problem.detail()).isEqualTo("the object store asked for a pause: it answered 503 (SlowDown)");
		assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(42));
		assertThat(problem.forwarded()).isEqualTo(503);
		assertThat(LoadFailures.of(failure)).isEqualTo(LoadFailure.FAILED);
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void ofWhenNoCallWasMadeSaysWhenToTryAgain(Throwable refusal, String detail) {
		ProblemDetails problem = ProblemDetails.of(refusal);

		assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(problem.detail()).isEqualTo(detail);
		assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(42));
		assertThat(problem.forwarded()).isNull();
		assertThat(LoadFailures.of(refusal)).isEqualTo(LoadFailure.REFUSED);
	}

	static Stream<Arguments> refusals() {
		Duration wait = Duration.ofSeconds(42);
		return Stream.of(
				arguments(new UpstreamRefusal.CoolingDown(wait),
						"no call was made because the upstream asked for a pause; retry after the time in Retry-After"),
				arguments(new UpstreamRefusal.BreakerOpen(wait),
						"no call was made because most of the latest upstream calls failed or were slow;"
								+ " retry after the time in Retry-After"),
				arguments(new DownloadException.Paused(wait),
						"no call was made because the object store asked for a pause;"
								+ " retry after the time in Retry-After"),
				arguments(new DownloadException.BreakerOpen(wait),
						"no call was made because most of the latest downloads of files failed or were slow;"
								+ " retry after the time in Retry-After"));
	}

	@Test
	void ofWhenStoreOfTheHistoryIsUnavailableSaysWhenToTryAgain() {
		ProblemDetails problem = ProblemDetails.of(new UnavailableException("no store", Duration.ofSeconds(10)));

		assertThat(problem.status().value()).isEqualTo(503);
		assertThat(problem.type())
			.isEqualTo("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
		assertThat(problem.detail()).isEqualTo("no store");
		assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void ofWhenSnapshotIsDamagedDoesNotAskForAnotherTry() {
		ProblemDetails problem = ProblemDetails.of(new DamagedSnapshotException("not gzip"));

		assertThat(problem.status().value()).isEqualTo(502);
		assertThat(problem.type()).isEqualTo(OWN + "damaged-snapshot");
		assertThat(problem.detail()).isEqualTo("not gzip");
		assertThat(problem.retryAfter()).isNull();
		assertThat(problem.forwarded()).isNull();
	}

	@Test
	void ofWhenKeyWasRefusedBeforeIsTheSameProblemAsThen() {
		ProblemDetails problem = ProblemDetails.of(new UpstreamRefusal.KeyRefused(Duration.ofSeconds(42)));

		assertThat(problem.status()).isEqualTo(HttpStatus.BAD_GATEWAY);
		assertThat(problem.type()).isEqualTo(OWN + "upstream-credentials-refused");
		assertThat(problem.forwarded()).isNull();
	}

	@Test
	void ofWhenEndpointWasRefusedBeforeIsTheSameProblemAsThen() {
		ProblemDetails then = ProblemDetails.of(new UpstreamException.CredentialsRefused(403));
		ProblemDetails problem = ProblemDetails.of(new UpstreamRefusal.EndpointRefused(Duration.ofSeconds(42)));

		assertThat(problem.status()).isEqualTo(HttpStatus.BAD_GATEWAY);
		assertThat(problem.type()).isEqualTo(then.type());
		assertThat(problem.detail()).isEqualTo(then.detail());
		assertThat(problem.headers().isEmpty()).isTrue();
	}

	@Test
	void ofWhenUpstreamIsRateLimitingSaysWhenToTryAgain() {
		ProblemDetails problem = ProblemDetails.of(new UpstreamException.RateLimited(Duration.ofSeconds(42)));

		assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(problem.type())
			.isEqualTo("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
		assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(42));
		assertThat(problem.forwarded()).isEqualTo(429);
	}

	@Test
	void ofWhenBudgetIsSpentSaysWhenToTryAgainAndThatNoCallWasMade() {
		ProblemDetails problem = ProblemDetails.of(new BudgetExhausted("month", Duration.ofDays(2)));

		assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(problem.type())
			.isEqualTo("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
		assertThat(problem.detail()).isEqualTo("the budget of upstream calls for this month is spent");
		assertThat(problem.retryAfter()).isEqualTo(Duration.ofDays(2));
		assertThat(problem.forwarded()).isNull();
	}

	@Test
	void ofWhenLoadFailedAMomentAgoIsItsProblemWithTimeOfNextTryAndThatNoCallWasMade() {
		Duration wait = Duration.ofSeconds(42);

		ProblemDetails failed = ProblemDetails.of(new CacheRefusal.Backoff(new UpstreamException.Failed(500), wait));
		ProblemDetails rejected = ProblemDetails
			.of(new CacheRefusal.Backoff(new UpstreamException.Rejected(404, "no such coin"), wait));

		assertThat(failed.status()).isEqualTo(HttpStatus.BAD_GATEWAY);
		assertThat(failed.retryAfter()).isEqualTo(wait);
		assertThat(failed.forwarded()).isNull();
		assertThat(rejected.status()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(rejected.detail()).isEqualTo("no such coin");
		assertThat(rejected.retryAfter()).isNull();
		assertThat(rejected.forwarded()).isNull();
	}

	@Test
	void ofWhenParametersAreWrongListsThem() {
		ParameterError limit = new ParameterError("limit", "must be less", "9");
		ParameterError coin = new ParameterError("coin", "must be plain", null);

		ProblemDetails one = ProblemDetails.of(new InvalidParametersException(List.of(limit)));
		ProblemDetails two = ProblemDetails.of(new InvalidParametersException(List.of(limit, coin)));

		assertThat(one.status()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(one.type()).isEqualTo(OWN + "invalid-parameters");
		assertThat(one.detail()).isEqualTo("1 parameter is invalid: see errors");
		assertThat(one.forwarded()).isNull();
		assertThat(two.detail()).isEqualTo("2 parameters are invalid: see errors");
		assertThat(two.errors()).containsExactly(limit, coin);
	}

	@ParameterizedTest
	@MethodSource
	void ofWhenFrameworkRefusesRequestKeepsItsStatus(Throwable failure, int status, String title, String detail) {
		ProblemDetails problem = ProblemDetails.of(failure);

		assertThat(problem.status().value()).isEqualTo(status);
		assertThat(problem.type()).isEqualTo("about:blank");
		assertThat(problem.title()).isEqualTo(title);
		assertThat(problem.detail()).isEqualTo(detail);
		assertThat(problem.retryAfter()).isNull();
		assertThat(problem.forwarded()).isNull();
	}

	static Stream<Arguments> ofWhenFrameworkRefusesRequestKeepsItsStatus() {
		return Stream.of(
				arguments(new ResponseStatusException(HttpStatus.BAD_REQUEST, "a reason"), 400, "Bad Request",
						"a reason"),
				arguments(new ResponseStatusException(HttpStatus.NOT_FOUND), 404, "Not Found", "Not Found"),
				arguments(new ResponseStatusException(HttpStatusCode.valueOf(499)), 499, "Client error",
						"Client error"),
				arguments(new ResponseStatusException(HttpStatus.CONFLICT, null, canary()), 409, "Conflict",
						"Conflict"),
				arguments(new MethodNotAllowedException(HttpMethod.POST, List.of(HttpMethod.GET)), 405,
						"Method Not Allowed", "Supported methods: [GET]"),
				arguments(new NotAcceptableStatusException(List.of(MediaType.APPLICATION_JSON)), 406, "Not Acceptable",
						"Acceptable representations: [application/json]."));
	}

	@ParameterizedTest
	@MethodSource
	void ofWhenFailureIsUnexpectedSaysNothingOfIt(Throwable failure) {
		ProblemDetails problem = ProblemDetails.of(failure);

		assertThat(problem.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(problem.type()).isEqualTo("about:blank");
		assertThat(problem.detail())
			.isEqualTo("unexpected failure in the gateway; report the requestId to its operators");
		assertThat(problem.headers().isEmpty()).isTrue();
		assertThat(problem.toString()).doesNotContain("canary");
	}

	static Stream<Throwable> ofWhenFailureIsUnexpectedSaysNothingOfIt() {
		return Stream.of(canary(), new IllegalArgumentException("canary", new UpstreamException.Failed(500)),
				new NullPointerException("canary"), new StackOverflowError("canary"), new Exception("canary"),
				new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, "canary"),
				new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "canary", canary()),
				new ServerErrorException("canary", canary()),
				new ErrorResponseException(HttpStatus.BAD_GATEWAY, canary()),
				new ResponseStatusException(HttpStatus.FOUND, "canary"));
	}

	private static Throwable canary() {
		return new IllegalStateException("canary");
	}

}
