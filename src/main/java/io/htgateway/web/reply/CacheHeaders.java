package io.htgateway.web.reply;

import java.util.concurrent.TimeoutException;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.cache.CacheOutcome;
import io.htgateway.cache.CacheResult;
import io.htgateway.cache.store.CacheRefusal;
import io.htgateway.download.response.DownloadException;
import io.htgateway.upstream.response.UpstreamException;
import io.htgateway.upstream.response.UpstreamRefusal;
import io.htgateway.web.problem.ProblemDetails;
import org.jspecify.annotations.Nullable;

/**
 * Headers that describe how the cache handled a request: <code>Cache-Control</code> (RFC
 * 9111 5.2.2) and <code>Cache-Status</code> (RFC 9211).
 */
public final class CacheHeaders {

	public static final String CACHE_STATUS = "Cache-Status";

	static final String NAME = "hypertracker-gateway";

	// Includes the status of the upstream. Without it, a 304 to the client would say that
	// the upstream sent 304.
	private static final String REPLACED = "; fwd=stale; fwd-status=200";

	private static final String ONLY_IF_CACHED = "only-if-cached";

	private CacheHeaders() {
	}

	/**
	 * Returns the freshness lifetime, which is constant while <code>Age</code> grows. A
	 * response to a team is private: caches that the team shares with others must not
	 * store it (RFC 9111 5.2.2.7).
	 */
	static String cacheControl(CacheResult result, boolean toTeam) {
		return (result.outcome() == CacheOutcome.BYPASS) ? "no-store"
				: (toTeam ? "private, " : "") + "max-age=" + result.stored().lifetime().toSeconds();
	}

	/**
	 * Returns how the cache answered with the given result.
	 */
	public static String cacheStatus(CacheResult result) {
		return NAME + switch (result.outcome()) {
			case HIT -> hit(result);
			case STALE_WHILE_REVALIDATE -> hit(result) + "; detail=stale-while-revalidate";
			case STALE_WITHOUT_CALL -> hit(result) + "; detail=" + reason(result.failure());
			case STALE_IF_ERROR ->
				"; fwd=stale" + forwarded(result.failure()) + "; ttl=" + ttl(result) + "; detail=stale-if-error";
			case MISS -> "; fwd=uri-miss" + stored(result);
			case COLLAPSED -> "; fwd=uri-miss; collapsed";
			case REPLACED -> REPLACED + stored(result);
			case REPLACED_COLLAPSED -> REPLACED + "; collapsed";
			case REVALIDATED -> "; fwd=stale; fwd-status=304";
			case BYPASS -> "; fwd=bypass";
		};
	}

	/**
	 * Returns how the cache handled a request that failed, or null if the failure came
	 * before the cache.
	 */
	public static @Nullable String cacheStatus(Throwable failure) {
		return switch (failure) {
			case UpstreamException upstream when upstream.wasCalled() -> miss(upstream);
			case UpstreamException _, CacheRefusal _, BudgetExhausted _, DownloadException.BreakerOpen _,
					DownloadException.Paused _ ->
				NAME + "; detail=" + reason(failure);
			case DownloadException _, TimeoutException _ -> miss(failure);
			default -> null;
		};
	}

	private static String miss(Throwable failure) {
		return NAME + "; fwd=uri-miss" + forwarded(failure);
	}

	private static String stored(CacheResult result) {
		return result.inCache() ? "; stored" : "";
	}

	private static String hit(CacheResult result) {
		return "; hit; ttl=" + ttl(result);
	}

	private static long ttl(CacheResult result) {
		return result.ttl().toSeconds();
	}

	private static String forwarded(@Nullable Throwable failure) {
		Integer status = (failure != null) ? ProblemDetails.of(failure).forwarded() : null;
		return (status != null) ? "; fwd-status=" + status : "";
	}

	private static String reason(@Nullable Throwable failure) {
		return switch (failure) {
			case null -> ONLY_IF_CACHED;
			case CacheRefusal.NotCached _ -> ONLY_IF_CACHED;
			case CacheRefusal.Backoff backoff -> isNotFound(backoff.failure()) ? "not-found" : "backoff";
			case BudgetExhausted spent when spent.isUncounted() -> "uncounted";
			case BudgetExhausted end when end.isShutdown() -> "shutdown";
			case BudgetExhausted _, CacheRefusal.NotDue _ -> "budget";
			case CacheRefusal.NotUpdated _ -> "not-updated";
			case CacheRefusal _, UpstreamException.Busy _ -> "overload";
			case UpstreamRefusal.CoolingDown _, DownloadException.Paused _ -> "cooldown";
			case UpstreamRefusal.KeyRefused _, UpstreamRefusal.EndpointRefused _ -> "credentials";
			case UpstreamRefusal.WrongUpstream _ -> "wrong-upstream";
			case UpstreamRefusal.BreakerOpen _, DownloadException.BreakerOpen _ -> "breaker";
			default -> "backoff";
		};
	}

	private static boolean isNotFound(Throwable failure) {
		return failure instanceof DownloadException.NotFound
				|| (failure instanceof UpstreamException.Rejected rejected && rejected.status() == 404);
	}

}
