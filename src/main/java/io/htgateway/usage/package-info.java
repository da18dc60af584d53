/**
 * What a team has left and what it has used, as the team itself may see it.
 */
@NullMarked
package io.htgateway.usage;

import org.jspecify.annotations.NullMarked;
