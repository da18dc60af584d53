package io.htgateway.history.s3;

import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Resolves URLs that have the bucket in their path instead of the host name, if an
 * endpoint is configured ({@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL} or a
 * profile's {@code endpoint_url}). MinIO, Ceph, S3Proxy, LocalStack, R2 and AWS all serve
 * such URLs, and most local stores have no host name for each bucket. Without a
 * configured endpoint, the SDK chooses the form that AWS recommends.
 */
final class PathStyle implements S3EndpointProvider {

	private final S3EndpointProvider provider = S3EndpointProvider.defaultProvider();

	@Override
	public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams parameters) {
		return provider.resolveEndpoint(
				(parameters.endpoint() != null) ? parameters.toBuilder().forcePathStyle(true).build() : parameters);
	}

}
