/**
 * Rules for connections of clients: their protocols, limits and timeouts.
 */
@NullMarked
package io.htgateway.web.connection;

import org.jspecify.annotations.NullMarked;
