/**
 * The gateway's entry point; every feature lives in a package of its own below.
 */
@NullMarked
package io.htgateway;

import org.jspecify.annotations.NullMarked;
