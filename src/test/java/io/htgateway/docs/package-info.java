/**
 * Holds what the documentation says to what the gateway is and does.
 */
@NullMarked
package io.htgateway.docs;

import org.jspecify.annotations.NullMarked;
