package io.htgateway.stream.event;

/**
 * One side of a trade, by which a fill is recognized: both sides can be liquidations.
 *
 * @param tid id of the trade
 * @param side A or B
 */
public record Trade(long tid, String side) {
}
