/**
 * The response cache: answers requests with stored responses, or with one load for each
 * key (RFC 9111).
 */
@NullMarked
package io.htgateway.cache;

import org.jspecify.annotations.NullMarked;
