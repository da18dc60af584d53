/**
 * The usage of a team as the team itself may see it: what is used and what is left.
 */
@NullMarked
package io.htgateway.usage;

import org.jspecify.annotations.NullMarked;
