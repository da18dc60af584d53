/**
 * What HTTP says of any response, for the clients of the upstream and of the object
 * store.
 */
@NullMarked
package io.htgateway.http;

import org.jspecify.annotations.NullMarked;
