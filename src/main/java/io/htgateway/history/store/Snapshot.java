package io.htgateway.history.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of a response, with its time. It is stored as one gzip object, whose name
 * sorts by time.
 *
 * @param time date of the version, in whole seconds
 * @param etag entity tag of the uncompressed body, without quotes
 * @param size size of the stored object, in bytes
 */
public record Snapshot(Series series, Instant time, String etag, SnapshotFormat format, long size) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd/HHmmss'Z'")
		.withZone(ZoneOffset.UTC)
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Pattern NAME = Pattern
		.compile("([0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{6}Z)-([A-Za-z0-9_-]{1,64})\\.([a-z]{1,8})\\.gz");

	public Snapshot {
		time = time.truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * Returns the snapshot of the given series in the given object, or nothing if the
	 * name of the object is not one of a snapshot of this series.
	 */
	public static Optional<Snapshot> of(Series series, StoredObject object) {
		if (!object.name().startsWith(series.prefix())) {
			return Optional.empty();
		}
		Matcher name = NAME.matcher(object.name().substring(series.prefix().length()));
		return name.matches()
				? SnapshotFormat.ofExtension(name.group(3))
					.flatMap((format) -> parse(name.group(1))
						.map((time) -> new Snapshot(series, time, name.group(2), format, object.size())))
				: Optional.empty();
	}

	private static Optional<Instant> parse(String text) {
		try {
			return Optional.of(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
		}
		catch (DateTimeException notDate) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the part of a name that states the given time. It sorts before all names of
	 * snapshots of that time, and after those of earlier ones.
	 */
	static String path(Instant time) {
		return TIME.format(time);
	}

	/**
	 * Returns the name of the object, unique to the series, the time and the body.
	 */
	public String name() {
		return series.prefix() + path(time) + '-' + etag + '.' + format.extension() + ".gz";
	}

}
