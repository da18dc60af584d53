import java.time.Instant;
import java.time.InstantSource;

/**
 * Clock that runs faster than the system clock, so that a day passes in minutes. The
 * gateway uses it instead of its own clocks.
 */
public final class FastClock implements InstantSource {

	private final double speed = Double.parseDouble(System.getProperty("bench.speed"));

	private final double begin = Double.parseDouble(System.getProperty("bench.begin")) * 1000;

	private final double firstMillis = System.currentTimeMillis() - begin;

	private final long firstTick = System.nanoTime();

	@Override
	public Instant instant() {
		double passed = firstMillis + (System.nanoTime() - firstTick) / 1e6;
		return Instant.ofEpochMilli((long) (begin + passed * speed));
	}

}
