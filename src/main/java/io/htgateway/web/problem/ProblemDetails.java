package io.htgateway.web.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import io.htgateway.access.TeamRefusal;
import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;

/**
 * Problem that reports a failure to a caller. The switch in {@link #of} is the whole
 * error contract.
 *
 * @param type last part of the problem type, or the whole URI of a registered one
 * @param forwarded status of the upstream or the object store, or null if no call was
 * answered
 */
public record ProblemDetails(HttpStatusCode status, String type, String title, String detail,
		List<ParameterError> errors, @Nullable Duration retryAfter, @Nullable Integer forwarded, HttpHeaders headers) {

	private static final Duration BUSY = Duration.ofSeconds(1);

	private static final String OWN = "urn:hypertracker-gateway:";

	private static final String REGISTERED = "https://iana.org/assignments/http-problem-types#";

	/**
	 * Returns the problem for the given failure. The problem for an unexpected failure
	 * reveals nothing of its cause.
	 */
	public static ProblemDetails of(Throwable failure) {
		return switch (failure) {
			case InvalidParametersException invalid -> invalidParameters(invalid.errors());
			case UpstreamException upstream -> of(upstream);
			case DownloadException download -> of(download);
			case CacheRefusal refusal -> of(refusal);
			case TeamRefusal refusal -> of(refusal);
			case BudgetExhausted exhausted when exhausted.isOfShare() ->
				quotaExceeded(exhausted.getMessage(), exhausted.retryAfter());
			case BudgetExhausted exhausted -> reducedCapacity(exhausted.getMessage(), exhausted.retryAfter());
			case UnavailableException unavailable ->
				reducedCapacity(unavailable.getMessage(), unavailable.retryAfter());
			case DamagedSnapshotException damaged ->
				of(HttpStatus.BAD_GATEWAY, OWN + "damaged-snapshot", "Damaged snapshot", damaged.getMessage());
			case TimeoutException _ -> gatewayTimeout("the upstream did not answer in time");
			case InvalidMimeTypeException _ -> of(HttpStatus.NOT_ACCEPTABLE, "about:blank", "Not Acceptable",
					"the Accept header has too many media ranges; send fewer");
			case NoResourceFoundException _ -> of(HttpStatus.NOT_FOUND, "about:blank", "Not Found",
					"no endpoint has this path; the API document lists all paths");
			case ErrorResponse framework when framework.getStatusCode().is4xxClientError() -> of(framework);
			default -> of(HttpStatus.INTERNAL_SERVER_ERROR, "about:blank", "Internal Server Error",
					"unexpected failure in the gateway; report the requestId to its operators");
		};
	}

	private static ProblemDetails invalidParameters(List<ParameterError> errors) {
		String detail = (errors.size() == 1) ? "1 parameter is invalid: see errors"
				: errors.size() + " parameters are invalid: see errors";
		return new ProblemDetails(HttpStatus.BAD_REQUEST, OWN + "invalid-parameters", "Invalid parameters", detail,
				errors, null, null, HttpHeaders.EMPTY);
	}

	private static ProblemDetails of(CacheRefusal refusal) {
		return switch (refusal) {
			case CacheRefusal.NotCached notCached ->
				of(HttpStatus.GATEWAY_TIMEOUT, OWN + "not-cached", "Not cached", notCached.getMessage());
			case CacheRefusal.NotDue notDue -> reducedCapacity(notDue.getMessage(), BUSY);
			case CacheRefusal.NotUpdated unchanged -> reducedCapacity(unchanged.getMessage(), BUSY);
			case CacheRefusal.Backoff backoff -> of(backoff.failure()).notBefore(backoff.retryAfter());
			case CacheRefusal.Overloaded overloaded ->
				reducedCapacity(overloaded.getMessage(), overloaded.retryAfter());
		};
	}

	private static ProblemDetails of(TeamRefusal refusal) {
		return switch (refusal) {
			case TeamRefusal.Unauthenticated unknown -> unauthenticated(unknown.getMessage());
			case TeamRefusal.TokenExpired expired -> unauthenticated(expired.getMessage());
			case TeamRefusal.UnknownTeam unknown ->
				of(HttpStatus.FORBIDDEN, OWN + "unknown-team", "Unknown team", unknown.getMessage());
			case TeamRefusal.EndpointNotAllowed refused ->
				of(HttpStatus.FORBIDDEN, OWN + "endpoint-not-allowed", "Endpoint not allowed", refused.getMessage());
			case TeamRefusal.DataNotAllowed refused ->
				of(HttpStatus.FORBIDDEN, OWN + "data-not-allowed", "Data not allowed", refused.getMessage());
			case TeamRefusal.QuotaExceeded exceeded -> quotaExceeded(exceeded.getMessage(), exceeded.retryAfter());
			case TeamRefusal.TooManyStreams streams -> quotaExceeded(streams.getMessage(), streams.retryAfter());
			case TeamRefusal.TooManyFailures failures -> waiting(HttpStatus.TOO_MANY_REQUESTS,
					"abnormal-usage-detected", "Abnormal usage detected", failures.getMessage(), failures.retryAfter());
			case TeamRefusal.TooManyJwts jwts -> reducedCapacity(jwts.getMessage(), jwts.retryAfter());
			case TeamRefusal.KeysUnavailable keys -> reducedCapacity(keys.getMessage(), keys.retryAfter());
		};
	}

	private static ProblemDetails of(UpstreamException failure) {
		return switch (failure) {
			case UpstreamException.Rejected rejected ->
				rejected(HttpStatusCode.valueOf(rejected.status()), rejected.reason().isEmpty()
						? "the upstream rejected the request without a reason" : rejected.reason())
					.forwarded(rejected.status());
			case UpstreamException.CredentialsRefused refused ->
				(refused.isOfEndpoint() ? endpointRefused() : keyRefused()).forwarded(refused.status());
			case UpstreamRefusal.KeyRefused _ -> keyRefused();
			case UpstreamRefusal.EndpointRefused _ -> endpointRefused();
			case UpstreamRefusal.WrongUpstream wrong -> wrongUpstream(wrong);
			case UpstreamRefusal.CoolingDown pause -> reducedCapacity(pause.getMessage(), pause.retryAfter());
			case UpstreamRefusal.BreakerOpen open -> reducedCapacity(open.getMessage(), open.retryAfter());
			case UpstreamException.RateLimited limited ->
				reducedCapacity("the upstream asked for a pause", limited.retryAfter())
					.forwarded(HttpStatus.TOO_MANY_REQUESTS.value());
			case UpstreamException.Failed failed -> badGateway(failed.getMessage()).forwarded(failed.status());
			case UpstreamException.Malformed malformed ->
				badGateway(malformed.getMessage()).forwarded(malformed.status());
			case UpstreamException.Unreachable unreachable -> badGateway(unreachable.getMessage());
			case UpstreamException.TimedOut timedOut -> gatewayTimeout(timedOut.getMessage());
			case UpstreamException.Busy busy -> reducedCapacity(busy.getMessage(), BUSY);
		};
	}

	private static ProblemDetails of(DownloadException failure) {
		return switch (failure) {
			case DownloadException.TimedOut timedOut -> gatewayTimeout(timedOut.getMessage());
			case DownloadException.BreakerOpen open -> reducedCapacity(open.getMessage(), open.retryAfter());
			case DownloadException.Busy busy -> reducedCapacity(busy.getMessage(), BUSY);
			case DownloadException.Paused paused -> reducedCapacity(paused.getMessage(), paused.retryAfter());
			case DownloadException.SlowDown slowDown ->
				reducedCapacity(slowDown.getMessage(), slowDown.retryAfter()).forwarded(slowDown.status());
			case DownloadException.Failed failed -> badGateway(failed.getMessage()).forwarded(failed.status());
			case DownloadException.TargetRefused _, DownloadException.Unreachable _ -> badGateway(failure.getMessage());
			case DownloadException.LinkExpired expired -> badGateway(expired.getMessage()).forwarded(expired.status());
			case DownloadException.NotFound missing ->
				rejected(HttpStatus.NOT_FOUND, missing.getMessage()).forwarded(missing.status());
			case DownloadException.Malformed malformed ->
				badGateway(malformed.getMessage()).forwarded(malformed.status());
		};
	}

	private static ProblemDetails of(ErrorResponse framework) {
		HttpStatusCode status = framework.getStatusCode();
		HttpStatus known = HttpStatus.resolve(status.value());
		String title = (known != null) ? known.getReasonPhrase() : "Client error";
		String detail = framework.getBody().getDetail();
		return new ProblemDetails(status, "about:blank", title, (detail != null) ? detail : title, List.of(), null,
				null, framework.getHeaders());
	}

	private static ProblemDetails keyRefused() {
		return credentialsRefused(
				"the upstream refused the gateway's API key; the gateway's operators must check or replace it");
	}

	private static ProblemDetails endpointRefused() {
		return credentialsRefused("the upstream refuses this endpoint for the gateway's API key;"
				+ " the gateway's operators must check that the plan includes it");
	}

	private static ProblemDetails credentialsRefused(String detail) {
		return of(HttpStatus.BAD_GATEWAY, OWN + "upstream-credentials-refused", "Upstream credentials refused", detail);
	}

	private static ProblemDetails unauthenticated(@Nullable String detail) {
		String title = "Unauthenticated";
		HttpHeaders challenge = new HttpHeaders();
		challenge.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return new ProblemDetails(HttpStatus.UNAUTHORIZED, OWN + "unauthenticated", title,
				(detail != null) ? detail : title, List.of(), null, null, challenge);
	}

	private static ProblemDetails quotaExceeded(@Nullable String detail, Duration retryAfter) {
		return waiting(HttpStatus.TOO_MANY_REQUESTS, "quota-exceeded", "Quota exceeded", detail, retryAfter);
	}

	private static ProblemDetails rejected(HttpStatusCode status, @Nullable String detail) {
		return of(status, OWN + "upstream-rejected", "Rejected by the upstream", detail);
	}

	private static ProblemDetails badGateway(@Nullable String detail) {
		return of(HttpStatus.BAD_GATEWAY, OWN + "upstream-failed", "Upstream failed", detail);
	}

	private static ProblemDetails wrongUpstream(UpstreamRefusal.WrongUpstream failure) {
		return badGateway(failure.getMessage() + "; the gateway's operators must check its upstream");
	}

	private static ProblemDetails gatewayTimeout(@Nullable String detail) {
		return of(HttpStatus.GATEWAY_TIMEOUT, OWN + "upstream-timed-out", "Upstream timed out", detail);
	}

	private static ProblemDetails reducedCapacity(@Nullable String detail, Duration retryAfter) {
		return waiting(HttpStatus.SERVICE_UNAVAILABLE, "temporary-reduced-capacity", "Temporary reduced capacity",
				detail, retryAfter);
	}

	private static ProblemDetails waiting(HttpStatus status, String type, String title, @Nullable String detail,
			Duration retryAfter) {
		return new ProblemDetails(status, REGISTERED + type, title, (detail != null) ? detail : title, List.of(),
				retryAfter, null, HttpHeaders.EMPTY);
	}

	private static ProblemDetails of(HttpStatusCode status, String type, String title, @Nullable String detail) {
		return new ProblemDetails(status, type, title, (detail != null) ? detail : title, List.of(), null, null,
				HttpHeaders.EMPTY);
	}

	// Waiting does not help a request that is itself wrong.
	private ProblemDetails notBefore(Duration wait) {
		return status.is5xxServerError() ? new ProblemDetails(status, type, title, detail, errors, wait, null, headers)
				: new ProblemDetails(status, type, title, detail, errors, retryAfter, null, headers);
	}

	private ProblemDetails forwarded(@Nullable Integer upstreamStatus) {
		return new ProblemDetails(status, type, title, detail, errors, retryAfter, upstreamStatus, headers);
	}

}
