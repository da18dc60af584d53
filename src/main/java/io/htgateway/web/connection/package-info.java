/**
 * Connections of clients: what they may speak, and how long they may take.
 */
@NullMarked
package io.htgateway.web.connection;

import org.jspecify.annotations.NullMarked;
