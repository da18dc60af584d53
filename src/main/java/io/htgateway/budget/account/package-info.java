/**
 * The accounts of each month: usage by team and endpoint.
 */
@NullMarked
package io.htgateway.budget.account;

import org.jspecify.annotations.NullMarked;
