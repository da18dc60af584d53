/**
 * A request's path, query and client address, as all other packages read them.
 */
@NullMarked
package io.htgateway.access.request;

import org.jspecify.annotations.NullMarked;
