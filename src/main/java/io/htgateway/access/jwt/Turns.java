package io.htgateway.access.jwt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

/**
 * Waiting elements in groups and subgroups that take turns. A group of many elements
 * delays another group by one element at a time. Empty groups are removed. Not
 * thread-safe.
 *
 * @param <T> the type of the elements
 */
final class Turns<T> {

	private final SequencedMap<String, Turns<T>> groups = new LinkedHashMap<>();

	private final Deque<T> elements = new ArrayDeque<>();

	private int size;

	/**
	 * Adds an element.
	 * @param group names of its group, its subgroup and so on
	 */
	void add(List<String> group, T element) {
		size++;
		if (group.isEmpty()) {
			elements.add(element);
		}
		else {
			groups.computeIfAbsent(group.getFirst(), (name) -> new Turns<>())
				.add(group.subList(1, group.size()), element);
		}
	}

	/**
	 * Adds an element. If more than the given number are waiting then, removes and
	 * returns the newest element of the largest group, and otherwise returns null.
	 * @param group names of its group, its subgroup and so on
	 */
	@Nullable T add(List<String> group, T element, int most) {
		add(group, element);
		return (size > most) ? removeLast() : null;
	}

	/**
	 * Removes and returns the oldest element of the group whose turn it is, or returns
	 * null if no element is waiting.
	 */
	@Nullable T poll() {
		Map.Entry<String, Turns<T>> next = groups.pollFirstEntry();
		T element = (next != null) ? next.getValue().poll() : elements.poll();
		size -= (element != null) ? 1 : 0;
		if (next != null && next.getValue().size > 0) {
			groups.put(next.getKey(), next.getValue());
		}
		return element;
	}

	/**
	 * Removes and returns the newest element of the largest group, or returns null if no
	 * element is waiting.
	 */
	@Nullable T removeLast() {
		String name = largest();
		Turns<T> group = (name != null) ? groups.get(name) : null;
		T element = (group != null) ? group.removeLast() : elements.pollLast();
		size -= (element != null) ? 1 : 0;
		if (group != null && group.size == 0) {
			groups.remove(name);
		}
		return element;
	}

	// Of equally large groups, the last one, whose turn is the latest.
	private @Nullable String largest() {
		String largest = null;
		int most = 0;
		for (Map.Entry<String, Turns<T>> group : groups.entrySet()) {
			if (group.getValue().size >= most) {
				most = group.getValue().size;
				largest = group.getKey();
			}
		}
		return largest;
	}

	/**
	 * Returns the number of waiting elements.
	 */
	int size() {
		return size;
	}

}
