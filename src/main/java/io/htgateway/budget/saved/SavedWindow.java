package io.htgateway.budget.saved;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.budget.Elsewhere;
import io.htgateway.budget.Tally;

/**
 * Saved calls of a day or month, with those of earlier days or months.
 */
public final class SavedWindow {

	private final Instant savedAt;

	private final Map<String, Counted> numbers;

	private final String name;

	SavedWindow(Instant savedAt, Map<String, Counted> numbers, String name) {
		this.savedAt = savedAt;
		this.numbers = numbers;
		this.name = name;
	}

	/**
	 * Returns the starts of all saved periods. The one that was the current one comes
	 * last.
	 */
	public List<Instant> starts() {
		return periods().map(Counted::start).distinct().toList();
	}

	private Stream<Counted> periods() {
		String earlier = Names.prefix(name);
		return numbers.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals(name) || entry.getKey().startsWith(earlier))
			.sorted(Map.Entry.<String, Counted>comparingByKey().reversed())
			.map(Map.Entry::getValue);
	}

	/**
	 * Returns the start of the period that was the current one.
	 */
	public Optional<Instant> currentStart() {
		return Optional.ofNullable(numbers.get(name)).map(Counted::start);
	}

	/**
	 * Returns whether the calls of the period with the given start are known.
	 */
	public boolean knows(Instant start) {
		return savedAt.isBefore(start) || periods().anyMatch((period) -> period.start().equals(start));
	}

	/**
	 * Returns all calls that count in the period with the given start, or none if they
	 * are unknown.
	 */
	public Tally calls(Instant start) {
		return periods().filter((period) -> period.start().equals(start))
			.max(Comparator.comparingLong(Counted::used))
			.map((period) -> Tally.of(period.used(), assumed(start)))
			.orElse(Tally.NONE);
	}

	/**
	 * Returns how many calls of the period with the given start were assumed.
	 */
	public long assumed(Instant start) {
		return number(Names.assumed(Names.period(name, start)));
	}

	/**
	 * Returns the calls that were charged while the clock was in the period with the
	 * given start.
	 */
	public Tally charged(Instant start) {
		String charged = Names.charged(Names.period(name, start));
		return Tally.of(number(charged), number(Names.assumed(charged)));
	}

	/**
	 * Returns the calls of others in the period with the given start.
	 */
	public Elsewhere elsewhere(Instant start) {
		String period = Names.period(name, start);
		Counted revision = numbers.get(Names.revision(period));
		return (revision != null) ? new Elsewhere(number(Names.elsewhere(period)), number(Names.expected(period)),
				revision.used(), revision.start()) : Elsewhere.NONE;
	}

	/**
	 * Returns the calls of each account in the period with the given start.
	 */
	public Map<String, Long> accounts(Instant start) {
		String prefix = Names.accounts(Names.period(name, start));
		return numbers.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(prefix))
			.collect(Collectors.toMap((entry) -> entry.getKey().substring(prefix.length()),
					(entry) -> entry.getValue().used()));
	}

	private long number(String which) {
		Counted counted = numbers.get(which);
		return (counted != null) ? counted.used() : 0;
	}

}
