package io.htgateway.cache.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * The time of a cache directory, in milliseconds: it goes on where the last run saved it,
 * and never goes back. While a gateway runs, it follows the clock of ages. Between two
 * runs, the system clock counts. If that clock was set back meanwhile, it is unknown how
 * long no gateway ran: the directory's time goes on as if that took no time, and what was
 * fetched before has an unknown age.
 */
final class DirectoryClock {

	private static final String NAME = "clock";

	private static final int VERSION = 0x48544301;

	private static final int LENGTH = 2 * Integer.BYTES + 3 * Long.BYTES;

	/**
	 * Most milliseconds by which the system clock is corrected without being set.
	 */
	private static final long ACCURACY = 2_000;

	private final CacheDirectory directory;

	private final InstantSource ages;

	private final InstantSource dates;

	/**
	 * Time of the directory when the clock of ages has the time 0.
	 */
	private final long offset;

	private final long unknownBefore;

	private DirectoryClock(CacheDirectory directory, InstantSource ages, InstantSource dates, long now,
			long unknownBefore) {
		this.directory = directory;
		this.ages = ages;
		this.dates = dates;
		this.offset = now - ages.millis();
		this.unknownBefore = unknownBefore;
	}

	/**
	 * Continues the time of the given directory, or starts it with the system clock.
	 * @param ages the clock of ages
	 * @param dates the system clock
	 */
	static DirectoryClock of(CacheDirectory directory, InstantSource ages, InstantSource dates) {
		long date = dates.millis();
		ByteBuffer saved = read(directory);
		if (saved == null) {
			return new DirectoryClock(directory, ages, dates, date, date);
		}
		long time = saved.getLong();
		long passed = date - saved.getLong();
		long unknown = saved.getLong();
		return (passed >= -ACCURACY) ? new DirectoryClock(directory, ages, dates, time + Math.max(0, passed), unknown)
				: new DirectoryClock(directory, ages, dates, time, time);
	}

	private static @Nullable ByteBuffer read(CacheDirectory directory) {
		try {
			byte[] content = directory.read(NAME, LENGTH + 1);
			ByteBuffer saved = ByteBuffer.wrap(content);
			return (content.length == LENGTH && saved.getInt() == VERSION && saved.getInt() == checksum(content))
					? saved : null;
		}
		catch (IOException unreadable) {
			return null;
		}
	}

	private static int checksum(byte[] content) {
		CRC32C sum = new CRC32C();
		sum.update(content, 2 * Integer.BYTES, LENGTH - 2 * Integer.BYTES);
		return (int) sum.getValue();
	}

	/**
	 * Saves the current time for the next run.
	 */
	void save() throws IOException {
		byte[] content = new byte[LENGTH];
		ByteBuffer form = ByteBuffer.wrap(content);
		form.position(2 * Integer.BYTES).putLong(now()).putLong(dates.millis()).putLong(unknownBefore);
		form.rewind().putInt(VERSION).putInt(checksum(content));
		directory.write(NAME, content);
	}

	long now() {
		return ages.millis() + offset;
	}

	/**
	 * Returns the directory's time at the given time of the clock of ages.
	 */
	long at(Instant age) {
		return age.toEpochMilli() + offset;
	}

	/**
	 * Returns the given time of the directory as one of the clock of ages, at most the
	 * current one.
	 */
	Instant instant(long time) {
		return Instant.ofEpochMilli(Math.min(time, now()) - offset);
	}

	/**
	 * Returns the time before which fetched responses have an unknown age: they are at
	 * least as old as they seem.
	 */
	long unknownBefore() {
		return unknownBefore;
	}

}
