/**
 * The address of a caller: that of its connection, or what a trusted proxy says.
 */
@NullMarked
package io.htgateway.access.address;

import org.jspecify.annotations.NullMarked;
