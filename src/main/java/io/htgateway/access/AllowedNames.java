package io.htgateway.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names that a team may use: of endpoints, coins or cohorts.
 */
final class AllowedNames {

	private static final int MAX_SHOWN = 20;

	private final Set<String> names;

	private final Set<String> lowerCase;

	AllowedNames(Collection<String> names) {
		this.names = new LinkedHashSet<>(names);
		this.lowerCase = names.stream().map(AllowedNames::lowerCase).collect(Collectors.toCollection(HashSet::new));
	}

	boolean contains(String name) {
		return names.contains(name);
	}

	/**
	 * Returns whether these names include everything in the given extent.
	 */
	boolean cover(Extent extent) {
		return switch (extent) {
			case Extent.None _ -> true;
			case Extent.Named named -> coverAll(named);
			case Extent.All _, Extent.Undeclared _ -> false;
		};
	}

	// A loop, because each hit asks this.
	private boolean coverAll(Extent.Named named) {
		for (String name : named.names()) {
			if (!covers(name, named.ignoreCase())) {
				return false;
			}
		}
		return true;
	}

	private boolean covers(String name, boolean ignoreCase) {
		return names.contains(name) || (ignoreCase && lowerCase.contains(lowerCase(name)));
	}

	/**
	 * Returns those of the given names that are not allowed.
	 */
	List<String> missing(Extent.Named named) {
		return named.names().stream().filter((name) -> !covers(name, named.ignoreCase())).toList();
	}

	private static String lowerCase(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the names for a message, or the first ones if there are many.
	 */
	@Override
	public String toString() {
		String first = names.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
		return (names.size() > MAX_SHOWN) ? first + " and " + (names.size() - MAX_SHOWN) + " more" : first;
	}

}
