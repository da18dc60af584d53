package io.htgateway.download;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.htgateway.testing.Draw;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.springframework.boot.http.client.InetAddressFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Property-based tests of the addresses that {@link DownloadConfiguration} allows,
 * against the bits of the ranges that are not public.
 */
@Tag("fuzz")
class PublicAddressesFuzzTests {

	// Ranges of RFC 6890 and its successors, and IPv6 ranges that contain IPv4 addresses.
	private static final List<Block> NOT_PUBLIC = List.of(Block.of("0.0.0.0", 8), Block.of("10.0.0.0", 8),
			Block.of("100.64.0.0", 10), Block.of("127.0.0.0", 8), Block.of("169.254.0.0", 16),
			Block.of("172.16.0.0", 12), Block.of("192.0.0.0", 24), Block.of("192.0.2.0", 24),
			Block.of("192.88.99.0", 24), Block.of("192.168.0.0", 16), Block.of("198.18.0.0", 15),
			Block.of("198.51.100.0", 24), Block.of("203.0.113.0", 24), Block.of("224.0.0.0", 4),
			Block.of("240.0.0.0", 4), Block.of("::", 96), Block.of("::ffff:0:0:0", 96), Block.of("64:ff9b::", 96),
			Block.of("64:ff9b:1::", 48), Block.of("100::", 64), Block.of("2001::", 23), Block.of("2001:db8::", 32),
			Block.of("2002::", 16), Block.of("3fff::", 20), Block.of("5f00::", 16), Block.of("fc00::", 7),
			Block.of("fe80::", 10), Block.of("fec0::", 10), Block.of("ff00::", 8));

	private final InetAddressFilter filter = DownloadConfiguration.publicAddresses();

	/**
	 * All addresses that begin with the same bits as the given one.
	 */
	record Block(InetAddress first, int bits) {

		static Block of(String first, int bits) {
			return new Block(InetAddress.ofLiteral(first), bits);
		}

		int length() {
			return first.getAddress().length;
		}

		boolean contains(InetAddress address) {
			return address.getAddress().length == length() && prefix(address).equals(prefix(first));
		}

		private BigInteger prefix(InetAddress address) {
			return new BigInteger(1, address.getAddress()).shiftRight(8 * length() - bits);
		}

		// Draws an address in the block or next to it.
		InetAddress draw(Draw draw) {
			BigInteger size = BigInteger.ONE.shiftLeft(8 * length() - bits);
			BigInteger offset = draw.of(BigInteger.ZERO, size, size.subtract(BigInteger.ONE), BigInteger.valueOf(-1),
					new BigInteger(8 * length() - bits, draw.random()));
			return LiteralAddresses.of(new BigInteger(1, first.getAddress()).add(offset), length());
		}

	}

	@Property
	void matchesPublicAddressesOnly(@ForAll("addresses") InetAddress address) {
		boolean inBlock = NOT_PUBLIC.stream().anyMatch((block) -> block.contains(address));

		assertThat(filter.matches(address)).isEqualTo(!inBlock);
		assertThat(filter.matches(new InetSocketAddress(address, 443))).isEqualTo(!inBlock);
	}

	@Provide
	Arbitrary<InetAddress> addresses() {
		return Arbitraries.randomValue((random) -> {
			Draw draw = new Draw(random);
			return switch (draw.below(4)) {
				case 0 -> LiteralAddresses.of(new BigInteger(32, random), 4);
				case 1 -> LiteralAddresses.of(new BigInteger(125, random).setBit(125), 16);
				case 2 -> LiteralAddresses.of(new BigInteger(32, random).or(BigInteger.valueOf(0xffffL << 32)), 16);
				default -> draw.of(NOT_PUBLIC).draw(draw);
			};
		});
	}

}
