package io.htgateway.history.store;

/**
 * Object in a store of snapshots.
 *
 * @param name its name, with single slashes between its parts
 * @param size its size, in bytes
 */
public record StoredObject(String name, long size) {
}
