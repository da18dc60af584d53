package io.htgateway.failure;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.observation.LoadFailure;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;

/**
 * Classifies failed loads for the cache.
 */
public final class LoadFailures {

	private LoadFailures() {
	}

	/**
	 * Classifies the given failure of a load.
	 */
	public static LoadFailure of(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream -> of(upstream);
			case CacheRefusal.Backoff backoff -> of(backoff.failure());
			case BudgetExhausted spent when spent.isOfShare() -> LoadFailure.REFUSED_TO_CLIENT;
			case BudgetExhausted spent when spent.isOfRefresh() -> LoadFailure.REFUSED_TO_REFRESH;
			case BudgetExhausted _ -> LoadFailure.REFUSED;
			case DownloadException.BreakerOpen _, DownloadException.Paused _ -> LoadFailure.REFUSED;
			case DownloadException.NotFound _ -> LoadFailure.REJECTED;
			default -> LoadFailure.FAILED;
		};
	}

	private static LoadFailure of(UpstreamException failure) {
		return (failure.sign() != null) ? LoadFailure.REPORTED : withoutSign(failure);
	}

	private static LoadFailure withoutSign(UpstreamException failure) {
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
