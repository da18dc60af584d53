package io.htgateway.history.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.htgateway.settings.UnusableSettingsException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslProvider;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Client of an object store. The AWS SDK finds the endpoint, the region and the
 * credentials: in environment variables, profiles, and the metadata of containers and
 * hosts.
 */
final class S3Client implements AutoCloseable {

	private static final int CONNECTIONS = 16;

	private static final int EVENT_LOOPS = 2;

	private static final int STARTERS = 4;

	private static final int QUEUE = 1_000;

	private final EventLoopGroup eventLoops;

	private final DefaultCredentialsProvider credentials;

	private final Scheduler starters;

	private final S3AsyncClient client;

	private S3Client(EventLoopGroup eventLoops, DefaultCredentialsProvider credentials, S3AsyncClient client) {
		this.eventLoops = eventLoops;
		this.credentials = credentials;
		this.client = client;
		// The SDK reads credentials on the thread that starts a request, and may block
		// it.
		starters = Schedulers.newBoundedElastic(STARTERS, QUEUE, "s3", 60, true);
	}

	/**
	 * Creates the client without a connection to the store.
	 * @throws UnusableSettingsException if no region is known, or the endpoint is invalid
	 */
	static S3Client create(S3Limits limits) {
		Region region = region();
		EventLoopGroup eventLoops = eventLoops();
		DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build();
		try {
			return new S3Client(eventLoops, credentials, build(region, credentials, eventLoops, limits));
		}
		catch (RuntimeException invalid) {
			credentials.close();
			shutdown(eventLoops);
			// The message of the cause may contain the endpoint, which may contain a
			// password.
			throw new UnusableSettingsException("gateway.history.location is in an object store, whose client cannot be"
					+ " created (" + invalid.getClass().getSimpleName() + "): check the variables AWS_*, above all"
					+ " AWS_ENDPOINT_URL_S3, such as http://localhost:9000.");
		}
	}

	// The SDK accepts only the event loop groups of Netty 4.1. Its default group would
	// delay a shutdown by 2 s. The SDK loads classes on these threads, so they are plain
	// threads, which may block.
	@SuppressWarnings("deprecation")
	private static EventLoopGroup eventLoops() {
		return new NioEventLoopGroup(EVENT_LOOPS, Thread.ofPlatform().daemon().name("s3-io-", 0).factory());
	}

	// Requests the region from the metadata service of EC2 if nothing else names one.
	private static Region region() {
		try {
			return DefaultAwsRegionProviderChain.builder().build().getRegion();
		}
		catch (SdkClientException unknown) {
			throw new UnusableSettingsException("gateway.history.location is in an object store, and no region is"
					+ " configured: set AWS_REGION, such as eu-central-1; most stores outside AWS take us-east-1.");
		}
	}

	private static S3AsyncClient build(Region region, AwsCredentialsProvider credentials, EventLoopGroup eventLoops,
			S3Limits limits) {
		return S3AsyncClient.builder()
			.region(region)
			.credentialsProvider(explained(credentials))
			.endpointProvider(new PathStyle())
			.defaultsMode(DefaultsMode.STANDARD)
			.requestChecksumCalculation(Checksums.ofRequests())
			.responseChecksumValidation(Checksums.ofResponses())
			// Many stores outside AWS require an MD5 checksum of requests that remove
			// objects.
			.addPlugin(LegacyMd5Plugin.create())
			.serviceConfiguration((s3) -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
			.httpClientBuilder(NettyNioAsyncHttpClient.builder()
				.eventLoopGroup(SdkEventLoopGroup.create(eventLoops, NioSocketChannel::new))
				.maxConcurrency(CONNECTIONS)
				.sslProvider(SslProvider.JDK)
				.connectionTimeout(limits.connect())
				.connectionAcquisitionTimeout(limits.operation()))
			.overrideConfiguration((settings) -> settings.apiCallAttemptTimeout(limits.attempt()))
			// S3SnapshotStore passes results on to another thread.
			.asyncConfiguration((settings) -> settings
				.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
			.build();
	}

	private static AwsCredentialsProvider explained(AwsCredentialsProvider provider) {
		return () -> {
			try {
				return provider.resolveCredentials();
			}
			catch (SdkClientException unavailable) {
				throw new MissingCredentialsException(unavailable);
			}
		};
	}

	/**
	 * Sends a request, and repeats it after failures that may be temporary. Emits on an
	 * event loop of this client.
	 */
	<T> Mono<T> send(Function<S3AsyncClient, CompletableFuture<T>> request) {
		// Not cancelled: for each cancelled request, the client logs a stack trace.
		return Mono.fromFuture(() -> request.apply(client), true).subscribeOn(starters);
	}

	@Override
	public void close() {
		client.close();
		credentials.close();
		starters.dispose();
		shutdown(eventLoops);
	}

	private static void shutdown(EventLoopGroup eventLoops) {
		// The shutdown continues in the background: the threads are daemons.
		Future<?> _ = eventLoops.shutdownGracefully(1, 5, TimeUnit.SECONDS);
	}

}
