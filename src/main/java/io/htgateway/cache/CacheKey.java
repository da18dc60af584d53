package io.htgateway.cache;

/**
 * What identifies a cached response: a record of validated, canonical values, never a raw
 * URI, a header or who asked.
 */
public interface CacheKey {

}
