package io.htgateway.risk.list;

/**
 * Signals that a block after the head is missing or belongs to another list than the
 * head.
 */
@SuppressWarnings("serial")
final class ListChanged extends RuntimeException {

	ListChanged() {
		super("the list changed", null, false, false);
	}

}
