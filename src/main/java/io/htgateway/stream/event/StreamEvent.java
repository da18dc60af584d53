package io.htgateway.stream.event;

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
	 * @param id position of the fill
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
		private static final int OVERHEAD = 420;

		/**
		 * Returns the trade by which the fill is recognized.
		 */
		public Trade trade() {
			return new Trade(id.tid(), side);
		}

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
	 * A time without polls, because nobody listened. Its fills are missing.
	 *
	 * @param from time of the last fill before it, in ms since 1970, or 0 if none is
	 * known
	 * @param to position after which all fills are known again
	 */
	record Pause(long from, FillId to) implements StreamEvent {

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
