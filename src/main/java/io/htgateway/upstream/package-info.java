/**
 * The paid API: one client, one key, and every way a call can end.
 */
@NullMarked
package io.htgateway.upstream;

import org.jspecify.annotations.NullMarked;
