package io.htgateway.stream;

/**
 * Event of a stream.
 */
public sealed interface StreamEvent {

	/**
	 * Returns the number of bytes that the event occupies in the log.
	 */
	int size();

	/**
	 * A liquidation fill.
	 *
	 * @param coin the coin in the upstream's spelling
	 * @param side A or B
	 * @param address the wallet
	 * @param value price times size, in dollars; not a number if either is unknown
	 * @param json the fill as the upstream sent it, with spaces instead of line breaks;
	 * not copied, so callers must not change it
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Fill(FillId id, String coin, String side, String address, double value, byte[] json) implements StreamEvent {

		/**
		 * Bytes of the objects around the JSON, as measured.
		 */
		private static final int OVERHEAD = 350;

		@Override
		public int size() {
			return json.length + OVERHEAD;
		}

	}

	/**
	 * Fills that the gateway could not read, so that no listener receives them.
	 *
	 * @param from time of the last fill before them, in ms since 1970
	 * @param to time of the first fill after them, in ms since 1970
	 */
	record Gap(long from, long to) implements StreamEvent {

		@Override
		public int size() {
			return SMALL;
		}

	}

	/**
	 * A change of the time between two polls.
	 */
	record Paced(Pace pace) implements StreamEvent {

		@Override
		public int size() {
			return SMALL;
		}

	}

	/**
	 * Bytes that an event without a body occupies.
	 */
	int SMALL = 100;

}
