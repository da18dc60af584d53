/**
 * What all other packages read of a request: its path, and the address of its client.
 */
@NullMarked
package io.htgateway.access.request;

import org.jspecify.annotations.NullMarked;
