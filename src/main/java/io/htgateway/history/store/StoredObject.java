package io.htgateway.history.store;

/**
 * Object in a store of snapshots.
 *
 * @param name its name: parts that are separated by single slashes
 * @param size its size, in bytes
 */
public record StoredObject(String name, long size) {
}
