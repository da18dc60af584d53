/**
 * The path of a request and the address of its client, which all other packages read
 * here.
 */
@NullMarked
package io.htgateway.access;

import org.jspecify.annotations.NullMarked;
