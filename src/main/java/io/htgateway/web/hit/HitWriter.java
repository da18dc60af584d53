package io.htgateway.web.hit;

import io.htgateway.cache.store.Representation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 * Writes hits to one connection. Large bodies are sent from files if the transport
 * supports that.
 */
public final class HitWriter {

	/**
	 * Estimates messages, and counts files with their length. The default counts a file
	 * as nothing, so that any number of files could be pending for a client that does not
	 * read.
	 */
	public static final MessageSizeEstimator SIZES = () -> {
		MessageSizeEstimator.Handle others = DefaultMessageSizeEstimator.DEFAULT.newHandle();
		return (message) -> (message instanceof FileRegion file) ? Math.toIntExact(file.count()) : others.size(message);
	};

	/**
	 * Option that delays the head until its body follows (tcp(7)). It is looked up by its
	 * name, because not every platform has it.
	 */
	private static final ChannelOption<Boolean> TCP_CORK = ChannelOption
		.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_CORK");

	private @Nullable Boolean sendsFiles;

	private boolean corked;

	private boolean unflushed;

	/**
	 * Writes a hit to handlers that encode it.
	 */
	void write(ChannelHandlerContext context, Hit hit, Hits hits) {
		FileRegion file = begin(context, hit, hits);
		if (file == null) {
			Future<?> _ = context.write(hit.response(), context.voidPromise());
		}
		else {
			Future<?> _ = context.write(hit.head(), context.voidPromise());
			Future<?> _ = context.write(file, context.voidPromise());
			Future<?> _ = context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
		}
	}

	/**
	 * Writes the bytes of a hit.
	 */
	void writeEncoded(ChannelHandlerContext context, Hit hit, Hits hits) {
		ByteBuf head = hit.encodedHead(context.alloc());
		FileRegion file = begin(context, hit, hits);
		Representation body = hit.body();
		Future<?> _ = context.write(head, context.voidPromise());
		if (file != null) {
			Future<?> _ = context.write(file, context.voidPromise());
		}
		else if (body != null) {
			Future<?> _ = context.write(Unpooled.wrappedBuffer(body.body()), context.voidPromise());
		}
	}

	private @Nullable FileRegion begin(ChannelHandlerContext context, Hit hit, Hits hits) {
		unflushed = true;
		FileRegion file = sendsFiles(context) ? hits.file(hit) : null;
		if (file != null) {
			cork(context, true);
		}
		return file;
	}

	/**
	 * Sends what has been written.
	 * @return whether anything was sent
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

	// Encryption has to read the bytes of the file.
	private boolean sendsFiles(ChannelHandlerContext context) {
		if (sendsFiles == null) {
			sendsFiles = context.channel().config().getOption(TCP_CORK) != null
					&& context.pipeline().get(SslHandler.class) == null;
		}
		return sendsFiles;
	}

}
