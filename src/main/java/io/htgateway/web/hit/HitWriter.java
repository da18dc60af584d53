package io.htgateway.web.hit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.FileRegion;
import io.netty.channel.MessageSizeEstimator;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes hits to one connection: large bodies from files, where its transport can.
 */
public final class HitWriter {

	/**
	 * Takes files for as large as they are. To the default they are nothing, so that a
	 * client that does not read would be owed any number of them.
	 */
	public static final MessageSizeEstimator SIZES = () -> {
		MessageSizeEstimator.Handle others = DefaultMessageSizeEstimator.DEFAULT.newHandle();
		return (message) -> (message instanceof FileRegion file) ? Math.toIntExact(file.count()) : others.size(message);
	};

	/**
	 * Keeps a head back until its body is there (tcp(7)). By its name, since not every
	 * platform has it.
	 */
	private static final ChannelOption<Boolean> TCP_CORK = ChannelOption
		.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_CORK");

	private @Nullable Boolean takesFiles;

	private boolean corked;

	private boolean unflushed;

	void write(ChannelHandlerContext context, Hit hit, Hits hits) {
		FileRegion body = takesFiles(context) ? hits.file(hit) : null;
		if (body == null) {
			Future<?> _ = context.write(hit.response(), context.voidPromise());
		}
		else {
			cork(context, true);
			Future<?> _ = context.write(hit.head(), context.voidPromise());
			Future<?> _ = context.write(body, context.voidPromise());
			Future<?> _ = context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
		}
		unflushed = true;
	}

	/**
	 * Sends what has been written.
	 * @return whether that was anything
	 */
	boolean flush(ChannelHandlerContext context) {
		if (!unflushed) {
			return false;
		}
		unflushed = false;
		context.flush();
		cork(context, false);
		return true;
	}

	private void cork(ChannelHandlerContext context, boolean on) {
		if (corked != on && context.channel().isOpen()) {
			corked = on;
			context.channel().config().setOption(TCP_CORK, on);
		}
	}

	// What is encrypted has to be read first.
	private boolean takesFiles(ChannelHandlerContext context) {
		if (takesFiles == null) {
			takesFiles = context.channel().config().getOption(TCP_CORK) != null
					&& context.pipeline().get(SslHandler.class) == null;
		}
		return takesFiles;
	}

}
