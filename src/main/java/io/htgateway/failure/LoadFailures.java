package io.htgateway.failure;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;

/**
 * What a failure means for the loads that follow.
 */
public final class LoadFailures {

	private LoadFailures() {
	}

	/**
	 * The meaning of the given failure.
	 */
	public static LoadFailure of(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream -> of(upstream);
			case CacheRefusal.Backoff backoff -> of(backoff.failure());
			case BudgetExhausted spent when spent.isOfShare() -> LoadFailure.REFUSED_TO_CLIENT;
			case BudgetExhausted spent when spent.isOfRefresh() -> LoadFailure.REFUSED_TO_REFRESH;
			case BudgetExhausted _ -> LoadFailure.REFUSED;
			case DownloadException.BreakerOpen _ -> LoadFailure.REFUSED;
			case DownloadException.NotFound _ -> LoadFailure.REJECTED;
			default -> LoadFailure.FAILED;
		};
	}

	private static LoadFailure of(UpstreamException failure) {
		return (failure.sign() != null) ? LoadFailure.REPORTED : unsigned(failure);
	}

	private static LoadFailure unsigned(UpstreamException failure) {
		return switch (failure) {
			case UpstreamException.Rejected _ -> LoadFailure.REJECTED;
			case UpstreamRefusal _, UpstreamException.Busy _ -> LoadFailure.REFUSED;
			case UpstreamException.RateLimited _, UpstreamException.CredentialsRefused _ -> LoadFailure.UNAVAILABLE;
			case UpstreamException.Failed _, UpstreamException.Malformed _, UpstreamException.Unreachable _,
					UpstreamException.TimedOut _ ->
				LoadFailure.FAILED;
		};
	}

}
