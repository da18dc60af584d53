/**
 * How many calls the plan allows, how many were made, and which may still be.
 */
@NullMarked
package io.htgateway.budget;

import org.jspecify.annotations.NullMarked;
