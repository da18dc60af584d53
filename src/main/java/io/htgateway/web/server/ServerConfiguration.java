package io.htgateway.web.server;

import java.time.Duration;
import java.util.function.Supplier;

import io.htgateway.access.request.ClientAddresses;
import io.htgateway.time.Dates;
import io.htgateway.tls.CallerTls;
import io.htgateway.tls.ServerKey;
import io.htgateway.traffic.AccessLog;
import io.htgateway.web.ProblemRenderer;
import io.htgateway.web.connection.BodyLimit;
import io.htgateway.web.connection.ConnectionTimeouts;
import io.htgateway.web.connection.Drain;
import io.htgateway.web.connection.Http2Guard;
import io.htgateway.web.connection.PipelinedRequests;
import io.htgateway.web.connection.Pipelines;
import io.htgateway.web.connection.ProtocolGuard;
import io.htgateway.web.connection.WriteFailures;
import io.htgateway.web.hit.HitHandler;
import io.htgateway.web.hit.HitWriter;
import io.htgateway.web.hit.Hits;
import io.htgateway.web.hit.Http2HitHandler;
import io.htgateway.web.hit.RepeatHandler;
import io.htgateway.web.protocol.Http1;
import io.htgateway.web.protocol.Http2;
import io.htgateway.web.protocol.Limits;
import io.htgateway.web.protocol.LostConnections;
import io.htgateway.web.protocol.RefusedRequests;
import io.htgateway.web.reply.Cors;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.netty.http.server.HttpServer;

/**
 * Configures the HTTP server: protects it from slow, broken and hostile clients, and
 * answers hits before the framework.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	/**
	 * Connections accepted per turn of an event loop. A flood of connections delays the
	 * open ones by the set-up of at most this many per turn, about 40 ms.
	 */
	private static final int MAX_ACCEPTED = 1024;

	/**
	 * Bytes read from a connection at a time. All requests in them are decoded and wait
	 * until they are answered. The decoder closes a connection with more than 128 pending
	 * responses; 4 KB cannot hold that many requests for an endpoint.
	 */
	private static final int MAX_READ = 4 * 1024;

	@Bean
	static BeanFactoryPostProcessor separateManagementPort(Environment environment) {
		return (factory) -> SeparateManagementPort.check(environment);
	}

	@Bean
	static BeanFactoryPostProcessor refusedSettings(Environment environment) {
		return (factory) -> RefusedSettings.check(environment);
	}

	// The gateway uses nothing that a proxy says about itself, and makes no link from it.
	@Bean
	ForwardedHeaderTransformer forwardedHeaderTransformer() {
		ForwardedHeaderTransformer transformer = new ForwardedHeaderTransformer();
		transformer.setRemoveOnly(true);
		return transformer;
	}

	// The web server is created before the beans of the application and started after
	// them: it looks up those that it needs. A customizer configures only this server;
	// ManagementServer configures that of the management port.
	@Bean
	static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> serverCustomizer(ObjectProvider<Hits> hits,
			ObjectProvider<ProblemRenderer> problems, ObjectProvider<Cors> cors, ObjectProvider<AccessLog> log,
			ObjectProvider<ClientAddresses> addresses, ObjectProvider<Dates> dates, ObjectProvider<Drain> drain,
			SslBundles bundles) {
		Supplier<Hits> hitsOnce = SingletonSupplier.of(hits::getObject);
		Supplier<AccessLog> logOnce = SingletonSupplier.of(log::getObject);
		Supplier<ClientAddresses> addressesOnce = SingletonSupplier.of(addresses::getObject);
		Supplier<Pipelines> pipelines = SingletonSupplier.of(() -> drain.getObject().pipelines());
		return (factory) -> {
			ServerKey.requireUsable("server.ssl", factory.getSsl(), bundles);
			factory.addServerCustomizers(ServerConfiguration::withFairTurns, ServerConfiguration::withTimeouts,
					(server) -> withGuards(server, new RefusedRequestLog(logOnce, addressesOnce)),
					(server) -> withHits(server, hitsOnce), (server) -> withPipelining(server, pipelines),
					(server) -> withUndecodedLog(server, logOnce),
					(server) -> withLookups(server, hitsOnce, logOnce, addressesOnce, pipelines));
			factory.addRouteProviders((routes) -> new BadRequestRoute(problems.getObject(), cors.getObject(),
					log.getObject(), addresses.getObject(), dates.getObject().clock())
				.apply(routes));
		};
	}

	static HttpServer withGuards(HttpServer server) {
		return withGuards(server, RefusedRequests.NONE);
	}

	/**
	 * Returns the given server with the rules of the gateway. It trusts no forwarded
	 * header, ignores upgrades, reads no long bodies, applies the same limits over
	 * HTTP/1.1 and HTTP/2, and does not log lost or broken connections one by one.
	 */
	static HttpServer withGuards(HttpServer server, RefusedRequests refusals) {
		int line = server.configuration().decoder().maxInitialLineLength();
		int headers = server.configuration().decoder().maxHeaderSize();
		LostConnections lost = new LostConnections();
		// The codec counts the line as headers, and adds bytes to the size of each
		// header.
		return CallerTls.restrict(server)
			.forwarded(false)
			.http2Settings((settings) -> settings.maxHeaderListSize(line + 2L * headers)
				.maxConcurrentStreams(Limits.STREAMS)
				.maxDecodedRstFramesPerWindow(Limits.RESETS, Limits.RESETS_SECONDS)
				.maxEncodedRstFramesPerWindow(Limits.RESETS, Limits.RESETS_SECONDS))
			.doOnChannelInit((observer, channel, address) -> {
				ProtocolGuard.watch(channel);
				BodyLimit.watch(channel, refusals);
				Http2Guard.watch(channel, line, headers, refusals, lost);
				channel.pipeline().addLast("htgateway.lost", lost);
			});
	}

	/**
	 * Returns the given server, which answers hits before the framework.
	 */
	static HttpServer withHits(HttpServer server, Supplier<Hits> hits) {
		return server.childOption(ChannelOption.MESSAGE_SIZE_ESTIMATOR, HitWriter.SIZES)
			.doOnChannelInit((observer, channel, address) -> {
				HitHandler decoded = new HitHandler(hits);
				Http1.whenUsed(channel, "htgateway.hits", decoded);
				Http1.beforeDecoding(channel, "htgateway.repeats", new RepeatHandler(decoded));
				Http2.whenUsed(channel, "htgateway.http2-hits", new Http2HitHandler(hits));
			});
	}

	/**
	 * Returns the given server, which handles one request of a connection at a time.
	 */
	static HttpServer withPipelining(HttpServer server) {
		return withPipelining(server, SingletonSupplier.of(Pipelines::new));
	}

	static HttpServer withPipelining(HttpServer server, Supplier<Pipelines> pipelines) {
		return server.doOnChannelInit((observer, channel, address) -> PipelinedRequests.watch(channel, pipelines));
	}

	/**
	 * Returns the given server, which logs requests that it could not decode.
	 */
	static HttpServer withUndecodedLog(HttpServer server, Supplier<AccessLog> log) {
		return server.doOnChannelInit((observer, channel, address) -> Http1.whenUsed(channel, "htgateway.undecoded",
				new UndecodedRequests(log)));
	}

	// The beans are looked up before the first request: the first lookup takes a lock,
	// and event loops must not wait for each other.
	private static HttpServer withLookups(HttpServer server, Supplier<?>... needed) {
		return server.doOnBind((configuration) -> {
			for (Supplier<?> each : needed) {
				var _ = each.get();
			}
		});
	}

	/**
	 * Returns the given server, which accepts waiting connections before it serves open
	 * ones again. By default, Netty's epoll transport accepts one connection per turn of
	 * an event loop, and serves all open connections in that turn. Reads are bounded, so
	 * that no connection has more pending responses than the decoder allows.
	 */
	static HttpServer withFairTurns(HttpServer server) {
		return server
			.option(ChannelOption.RECVBUF_ALLOCATOR,
					new ServerChannelRecvByteBufAllocator().respectMaybeMoreData(false)
						.maxMessagesPerRead(MAX_ACCEPTED))
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 2048, MAX_READ));
	}

	static HttpServer withTimeouts(HttpServer server) {
		return withTimeouts(server, Limits.IDLE, Limits.REQUEST);
	}

	/**
	 * Returns the given server, which closes connections of slow clients and those on
	 * which a response cannot be written.
	 * @param idle longest time without a byte read or sent, and without a response being
	 * prepared
	 * @param request longest time from the first byte of a request to its last
	 */
	static HttpServer withTimeouts(HttpServer server, Duration idle, Duration request) {
		return server.doOnChannelInit((observer, channel, address) -> {
			ConnectionTimeouts.watch(channel, idle, request);
			WriteFailures.watch(channel);
		});
	}

}
