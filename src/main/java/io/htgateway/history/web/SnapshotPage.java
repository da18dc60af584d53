package io.htgateway.history.web;

import java.util.List;

import io.htgateway.history.store.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list of snapshots, as callers get it.
 *
 * @param snapshots the snapshots, oldest first
 * @param nextCursor the cursor of the next page, or null on the last one
 */
record SnapshotPage(List<Item> snapshots, @Nullable String nextCursor) {

	/**
	 * Creates a page.
	 * @param found the snapshots of the page, and one more if another page follows
	 */
	static SnapshotPage of(List<Snapshot> found, int limit) {
		List<Snapshot> page = found.stream().limit(limit).toList();
		return new SnapshotPage(page.stream().map(Item::of).toList(),
				(found.size() > limit) ? Cursor.after(page.getLast()) : null);
	}

	/**
	 * One snapshot of a list.
	 *
	 * @param time its time in ISO 8601
	 * @param etag entity tag of its body, as in the header <code>ETag</code>
	 * @param size bytes of its stored gzip
	 * @param href its address relative to that of the list
	 */
	record Item(String time, String etag, long size, String href) {

		private static Item of(Snapshot snapshot) {
			return new Item(snapshot.time().toString(), '"' + snapshot.etag() + '"', snapshot.size(),
					SnapshotPath.fromList(snapshot));
		}

	}

}
