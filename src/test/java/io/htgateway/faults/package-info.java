/**
 * What the gateway answers, calls and keeps when its upstream misbehaves on real sockets.
 */
@NullMarked
package io.htgateway.faults;

import org.jspecify.annotations.NullMarked;
