package io.htgateway.web.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Measures how long an HTTP/2 connection has been in the middle of a frame, or of a
 * header block, which may have many frames (RFC 9113 4.3). The codec reports neither
 * before it is complete. Removes itself if the received bytes are not HTTP/2.
 */
final class FrameProgress extends ChannelInboundHandlerAdapter {

	private static final int TYPE = 3;

	private static final int FLAGS = 4;

	private final byte[] head = new byte[Http2CodecUtil.FRAME_HEADER_LENGTH];

	private int headLength;

	private final ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();

	private int payloadLeft;

	private boolean inBlock;

	private boolean incomplete;

	private long since;

	/**
	 * Returns for how many nanoseconds a frame or header block has been incomplete, or 0.
	 */
	long incompleteNanos(long now) {
		return incomplete ? now - since : 0;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes && !read(bytes)) {
			context.pipeline().remove(this);
		}
		context.fireChannelRead(message);
	}

	private boolean read(ByteBuf bytes) {
		int index = bytes.readerIndex();
		while (index < bytes.writerIndex()) {
			if (!incomplete) {
				incomplete = true;
				since = System.nanoTime();
			}
			if (preface.isReadable()) {
				int part = Math.min(preface.readableBytes(), bytes.writerIndex() - index);
				if (!ByteBufUtil.equals(preface.readSlice(part), 0, bytes, index, part)) {
					return false;
				}
				index += part;
			}
			else if (payloadLeft > 0) {
				int part = Math.min(payloadLeft, bytes.writerIndex() - index);
				payloadLeft -= part;
				index += part;
			}
			else {
				head[headLength++] = bytes.getByte(index++);
				beginFrame();
			}
			incomplete = inBlock || payloadLeft > 0 || headLength > 0 || preface.isReadable();
		}
		return true;
	}

	private void beginFrame() {
		if (headLength < head.length) {
			return;
		}
		headLength = 0;
		payloadLeft = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
		if (head[TYPE] == Http2FrameTypes.HEADERS || head[TYPE] == Http2FrameTypes.CONTINUATION) {
			inBlock = (head[FLAGS] & Http2Flags.END_HEADERS) == 0;
		}
	}

}
