package io.htgateway.stream;

import java.util.Locale;

import io.htgateway.stream.event.FillId;
import io.htgateway.stream.event.StreamEvent;
import io.htgateway.stream.event.StreamEvent.Fill;
import org.jspecify.annotations.Nullable;

/**
 * Conditions for the fills of a listener. A condition that is null selects all.
 *
 * @param coin the coin, in any case
 * @param side A or B
 * @param address the wallet, in any case
 * @param minValue smallest value in dollars
 * @param after position after which the fills are
 */
public record ListenerFilter(@Nullable String coin, @Nullable String side, @Nullable String address,
		@Nullable Double minValue, @Nullable FillId after) {

	public ListenerFilter {
		address = (address != null) ? address.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * Returns the same filter for fills after the given position.
	 */
	ListenerFilter after(FillId position) {
		return new ListenerFilter(coin, side, address, minValue, position);
	}

	/**
	 * Returns the given event as the listener receives it, or null if it is not for this
	 * listener. Other events than fills are for everyone.
	 */
	@Nullable StreamEvent select(StreamEvent event) {
		return switch (event) {
			case Fill fill -> wants(fill) ? fill : null;
			case StreamEvent.Pause pause -> missed(pause);
			case StreamEvent.Gap gap -> gap;
			case StreamEvent.Paced paced -> paced;
		};
	}

	private StreamEvent.@Nullable Pause missed(StreamEvent.Pause pause) {
		long from = (after != null) ? Math.max(pause.from(), after.time()) : pause.from();
		return (from < pause.to().time()) ? new StreamEvent.Pause(from, pause.to()) : null;
	}

	private boolean wants(Fill fill) {
		return (after == null || fill.id().compareTo(after) > 0) && (coin == null || fill.coin().equalsIgnoreCase(coin))
				&& (side == null || fill.side().equals(side))
				&& (address == null || fill.address().equalsIgnoreCase(address))
				&& (minValue == null || fill.value() >= minValue);
	}

}
