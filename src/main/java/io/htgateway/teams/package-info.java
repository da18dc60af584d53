/**
 * The teams that call the gateway: who they are, and how much each may ask for.
 */
@NullMarked
package io.htgateway.teams;

import org.jspecify.annotations.NullMarked;
