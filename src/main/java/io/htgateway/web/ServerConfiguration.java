package io.htgateway.web;

import java.time.Duration;
import java.util.function.Supplier;

import io.htgateway.time.Dates;
import io.htgateway.traffic.AccessLog;
import io.htgateway.web.connection.BodyLimit;
import io.htgateway.web.connection.ConnectionTimeouts;
import io.htgateway.web.connection.Http1;
import io.htgateway.web.connection.LostConnections;
import io.htgateway.web.connection.ProtocolGuard;
import io.htgateway.web.connection.WriteFailures;
import io.htgateway.web.hit.HitHandler;
import io.htgateway.web.hit.HitWriter;
import io.htgateway.web.hit.Hits;
import io.htgateway.web.reply.Cors;
import io.netty.channel.ChannelOption;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.netty.http.server.HttpServer;

/**
 * Fits the HTTP server for clients that are slow, broken or hostile, and gives hits their
 * short way.
 */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

	@Bean
	static BeanFactoryPostProcessor ownManagementPort(Environment environment) {
		return (factory) -> OwnManagementPort.check(environment);
	}

	// Nothing here depends on what a proxy says of itself, and no link is made from it.
	@Bean
	ForwardedHeaderTransformer forwardedHeaderTransformer() {
		ForwardedHeaderTransformer transformer = new ForwardedHeaderTransformer();
		transformer.setRemoveOnly(true);
		return transformer;
	}

	// The web server is made before the application's beans and started after them: what
	// it needs of them is looked up then. As a customizer it reaches this server and not
	// that of the management port, which has ManagementServer.
	@Bean
	static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> serverCustomizer(ObjectProvider<Hits> hits,
			ObjectProvider<ProblemRenderer> problems, ObjectProvider<Cors> cors, ObjectProvider<AccessLog> log,
			ObjectProvider<Dates> dates) {
		Supplier<Hits> started = SingletonSupplier.of(hits::getObject);
		Supplier<AccessLog> told = SingletonSupplier.of(log::getObject);
		return (factory) -> {
			factory.addServerCustomizers(ServerConfiguration::patient, ServerConfiguration::guarded,
					(server) -> hitting(server, started), (server) -> telling(server, told),
					(server) -> lookingUp(server, started, told));
			factory.addRouteProviders((routes) -> new BadRequestRoute(problems.getObject(), cors.getObject(),
					log.getObject(), dates.getObject().clock())
				.apply(routes));
		};
	}

	/**
	 * The given server, which upgrades no request that it should not, reads no long
	 * bodies, and says nothing of connections that are lost.
	 */
	static HttpServer guarded(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> {
			ProtocolGuard.watch(channel);
			BodyLimit.watch(channel);
			channel.pipeline().addLast("htgateway.lost", new LostConnections());
		});
	}

	static HttpServer hitting(HttpServer server, Supplier<Hits> hits) {
		return server.childOption(ChannelOption.MESSAGE_SIZE_ESTIMATOR, HitWriter.SIZES)
			.doOnChannelInit(
					(observer, channel, address) -> Http1.whenSpoken(channel, "htgateway.hits", new HitHandler(hits)));
	}

	/**
	 * The given server, which tells of what it could not decode.
	 */
	static HttpServer telling(HttpServer server, Supplier<AccessLog> log) {
		return server.doOnChannelInit((observer, channel, address) -> Http1.whenSpoken(channel, "htgateway.undecoded",
				new UndecodedRequests(log)));
	}

	// Before the first request: the first look-up takes a lock, and event loops must not
	// wait for each other.
	private static HttpServer lookingUp(HttpServer server, Supplier<?> hits, Supplier<?> log) {
		return server.doOnBind((configuration) -> {
			var _ = hits.get();
			var _ = log.get();
		});
	}

	static HttpServer patient(HttpServer server) {
		return patient(server, IDLE_TIMEOUT, REQUEST_TIMEOUT);
	}

	/**
	 * The given server, which waits no longer for clients, and lets them wait for nothing
	 * that cannot come.
	 * @param idle longest time in which nothing is read or sent, and no answer is being
	 * made
	 * @param request longest time from the first byte of a request to its last
	 */
	static HttpServer patient(HttpServer server, Duration idle, Duration request) {
		return server.doOnChannelInit((observer, channel, address) -> {
			ConnectionTimeouts.watch(channel, idle, request);
			WriteFailures.watch(channel);
		});
	}

}
