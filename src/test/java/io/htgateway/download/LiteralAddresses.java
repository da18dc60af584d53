package io.htgateway.download;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;

import io.htgateway.testing.Draw;

/**
 * Generator of IP addresses in every notation that some URI parser accepts.
 */
final class LiteralAddresses {

	private LiteralAddresses() {
	}

	static String any(Draw draw) {
		long ipv4 = draw.of(0x7f000001L, 0xa9fea9feL, 0x0a000001L, draw.random().nextLong(1L << 32));
		return draw.chance(60) ? ipv4(draw, ipv4) : "[" + ipv6(draw, ipv4) + draw.of("", "", "%25eth0", "%1") + "]";
	}

	private static String ipv4(Draw draw, long address) {
		return switch (draw.below(4)) {
			case 0 -> number(draw, address);
			case 1 -> number(draw, address >> 24) + "." + number(draw, address & 0xffffff);
			case 2 -> number(draw, address >> 24) + "." + number(draw, (address >> 16) & 0xff) + "."
					+ number(draw, address & 0xffff);
			default -> number(draw, address >> 24) + "." + number(draw, (address >> 16) & 0xff) + "."
					+ number(draw, (address >> 8) & 0xff) + "." + number(draw, address & 0xff);
		};
	}

	private static String number(Draw draw, long number) {
		return switch (draw.below(4)) {
			case 0 -> draw.of("0x", "0X", "0x00")
					+ draw.of(Long.toHexString(number), Long.toHexString(number).toUpperCase(Locale.ROOT));
			case 1 -> draw.of("0", "000") + Long.toOctalString(number);
			default -> Long.toString(number);
		};
	}

	private static String ipv6(Draw draw, long ipv4) {
		String last = draw.chance(50) ? dotted(ipv4)
				: Long.toHexString(ipv4 >> 16) + ":" + Long.toHexString(ipv4 & 0xffff);
		return draw.of("::ffff:", "::FFFF:", "::", "64:ff9b::", "0:0:0:0:0:ffff:", "::ffff:0:", "fe80::", "2002::")
				+ last;
	}

	private static String dotted(long ipv4) {
		return (ipv4 >> 24) + "." + ((ipv4 >> 16) & 0xff) + "." + ((ipv4 >> 8) & 0xff) + "." + (ipv4 & 0xff);
	}

	/**
	 * Returns the address with the given number, modulo the number of all addresses.
	 */
	static InetAddress of(BigInteger number, int length) {
		BigInteger wrapped = number.mod(BigInteger.ONE.shiftLeft(8 * length));
		try {
			return InetAddress.getByAddress(HexFormat.of().parseHex(("%0" + 2 * length + "x").formatted(wrapped)));
		}
		catch (UnknownHostException wrongLength) {
			throw new IllegalArgumentException(wrongLength);
		}
	}

}
