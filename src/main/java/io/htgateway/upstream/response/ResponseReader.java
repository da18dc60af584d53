package io.htgateway.upstream.response;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.htgateway.http.Age;
import io.htgateway.http.OverruledDirectives;
import io.htgateway.http.RawBody;
import io.htgateway.http.UriReference;
import io.htgateway.secret.RotatingSecret;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads and classifies responses of the upstream.
 */
public final class ResponseReader {

	/**
	 * Maximum number of bytes that are read of a refusal.
	 */
	private static final int MAX_REFUSAL_SIZE = 64 * 1024;

	private final OverruledDirectives overruled = new OverruledDirectives("upstream");

	private final RotatingSecret apiKey;

	private final long maxSize;

	private final InstantSource clock;

	private final UpstreamAddress address;

	/**
	 * Creates a reader for one upstream.
	 * @param address address of the upstream
	 * @param apiKey key to mask in messages of the upstream
	 * @param maxSize largest body in bytes
	 */
	public ResponseReader(UpstreamAddress address, RotatingSecret apiKey, long maxSize, InstantSource clock) {
		this.address = address;
		this.apiKey = apiKey;
		this.maxSize = maxSize;
		this.clock = clock;
	}

	/**
	 * Reads the whole response of the given endpoint. Fails with an
	 * {@link UpstreamException} if it is neither data nor an allowed redirect.
	 * @param terms conditions that the response must meet
	 */
	public Mono<UpstreamResponse> read(String endpoint, ResponseTerms terms, ClientResponse response) {
		Mono<UpstreamResponse> read = readAny(endpoint, terms, response);
		return terms.optional()
				? read.onErrorMap(UpstreamException.Malformed.class, UpstreamException.Malformed::withoutSign)
					.onErrorMap(UpstreamException.CredentialsRefused.class, ResponseReader::ofOneEndpoint)
				: read;
	}

	// 403 says that the plan lacks the endpoint, which is of no other use.
	private static UpstreamException ofOneEndpoint(UpstreamException.CredentialsRefused refused) {
		return refused.isOfEndpoint() ? new UpstreamException.Failed(refused.status()) : refused;
	}

	private Mono<UpstreamResponse> readAny(String endpoint, ResponseTerms terms, ClientResponse response) {
		HttpStatusCode status = response.statusCode();
		if (status.is3xxRedirection() && response.headers().asHttpHeaders().containsHeader(HttpHeaders.LOCATION)) {
			return response.releaseBody().then(Mono.fromCallable(() -> redirect(response, terms)));
		}
		if (status.value() != 200) {
			return refusal(endpoint, terms, response);
		}
		overruled.note(endpoint, response.headers().asHttpHeaders());
		return content(terms, response);
	}

	private UpstreamResponse redirect(ClientResponse response, ResponseTerms terms) {
		Function<URI, Optional<String>> links = terms.links();
		int status = response.statusCode().value();
		URI request = response.request().getURI();
		URI location = location(request, response.headers().header(HttpHeaders.LOCATION).getFirst(), status);
		UpstreamResponse.Redirect redirect = new UpstreamResponse.Redirect(status, location);
		if (links == null || (!redirect.isOfHyperTracker() && isMoved(request, location))) {
			throw UpstreamException.Malformed.of("an unexpected redirect", status,
					terms.weigh(WrongSigns.ofRedirect(address, status, location)));
		}
		Optional<String> refusal = redirect.isOfHyperTracker() ? Optional.empty() : links.apply(location);
		refusal.ifPresent((reason) -> {
			throw UpstreamException.Malformed.ofLink(reason,
					terms.weigh(WrongSigns.ofRedirect(address, status, location)));
		});
		return redirect;
	}

	// A redirect to the same path of another origin means that the API has moved: it does
	// not lead to a file.
	private static boolean isMoved(URI request, URI location) {
		return Objects.equals(location.getRawPath(), request.getRawPath())
				&& !(Objects.equals(location.getRawAuthority(), request.getRawAuthority())
						&& Objects.equals(location.getScheme(), request.getScheme()));
	}

	private static URI location(URI request, String location, int status) {
		try {
			return UriReference.resolve(request, location);
		}
		catch (IllegalArgumentException notUri) {
			throw UpstreamException.Malformed.of("a redirect to something that is not a URI", status,
					WrongSigns.ofUnreadableRedirect(status));
		}
	}

	private Mono<UpstreamResponse> content(ResponseTerms terms, ClientResponse response) {
		long limit = (terms.maxSize() > 0) ? terms.maxSize() : maxSize;
		if (response.headers().contentLength().orElse(0) > limit) {
			return tooLarge(response);
		}
		String type = contentType(response);
		return RawBody.read(response, Math.toIntExact(limit))
			.map((body) -> new UpstreamResponse.Content((type != null) ? type : MediaType.APPLICATION_JSON_VALUE, body,
					Age.of(response.headers().asHttpHeaders())))
			.map((content) -> data(content, terms))
			.switchIfEmpty(Mono.error(() -> UpstreamException.Malformed.of("an empty body", 200,
					WrongSigns.ofUnusedStatus(200, type, ""))));
	}

	private static @Nullable String contentType(ClientResponse response) {
		return response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
	}

	private static UpstreamResponse data(UpstreamResponse.Content content, ResponseTerms terms) {
		WrongSign sign = WrongSigns.ofContent(content, terms.isFile());
		if (sign != null) {
			throw UpstreamException.Malformed.of(terms.isFile()
					? "a body that is declared neither as JSON nor as a file" : "a body that is not declared as JSON",
					200, terms.weigh(sign));
		}
		return content;
	}

	private static Mono<UpstreamResponse> tooLarge(ClientResponse response) {
		RawBody.abandon(response);
		return Mono.error(new UpstreamException.Malformed("a body over the size limit"));
	}

	private Mono<UpstreamResponse> refusal(String endpoint, ResponseTerms terms, ClientResponse response) {
		return RawBody.readStart(response, MAX_REFUSAL_SIZE)
			.map((body) -> new String(body, StandardCharsets.UTF_8))
			.onErrorComplete()
			.defaultIfEmpty("")
			.publishOn(Schedulers.boundedElastic())
			.flatMap((body) -> Mono.error(refusal(endpoint, terms, response, body)));
	}

	private UpstreamException refusal(String endpoint, ResponseTerms terms, ClientResponse response, String body) {
		int status = response.statusCode().value();
		return switch (status) {
			case 400, 404, 422 -> rejected(endpoint, terms, response, body);
			case 401, 403, 405, 406, 407, 410, 421, 451, 511 -> denied(response, body);
			case 429 -> rateLimited(response, body);
			default -> (status < 400) ? unused(response, body)
					: new UpstreamException.Failed(status, retryAfter(response, body).orElse(null));
		};
	}

	private UpstreamException rateLimited(ClientResponse response, String body) {
		return new UpstreamException.RateLimited(retryAfter(response, body).orElse(RetryAfter.DEFAULT),
				UpstreamErrorBody.isOfRateLimit(body)
						? RetryAfter.asked(response.headers().asHttpHeaders(), body, clock.instant()).orElse(null)
						: null);
	}

	private static UpstreamException unused(ClientResponse response, String body) {
		int status = response.statusCode().value();
		String type = contentType(response);
		WrongSign sign = response.statusCode().is3xxRedirection() ? WrongSigns.ofRedirectToNowhere(status)
				: WrongSigns.ofUnusedStatus(status, type, body);
		return UpstreamException.Malformed.of(status + " instead of 200 with data", status, sign);
	}

	// Excludes 408 and 429, with which servers in front of the API request a later retry.
	private static UpstreamException denied(ClientResponse response, String body) {
		int status = response.statusCode().value();
		HttpHeaders headers = response.headers().asHttpHeaders();
		WrongSign sign = WrongSigns.ofDenial(status, headers.getOrEmpty(HttpHeaders.WWW_AUTHENTICATE), body);
		if (sign != null) {
			return UpstreamException.Malformed.of(status + " in a form that HyperTracker does not use here", status,
					sign);
		}
		return (status == 401 || status == 403) ? new UpstreamException.CredentialsRefused(status)
				: new UpstreamException.Failed(status);
	}

	private UpstreamException rejected(String endpoint, ResponseTerms terms, ClientResponse response, String body) {
		int status = response.statusCode().value();
		String type = contentType(response);
		WrongSign sign = WrongSigns.ofRefusal(address, endpoint, status, type, body, terms);
		return (sign == null) ? new UpstreamException.Rejected(status, UpstreamErrorBody.message(body, apiKey))
				: UpstreamException.Malformed.of(status + " in a form that HyperTracker does not use here", status,
						sign);
	}

	private Optional<Duration> retryAfter(ClientResponse response, String body) {
		return RetryAfter.of(response.headers().asHttpHeaders(), body, clock.instant());
	}

}
