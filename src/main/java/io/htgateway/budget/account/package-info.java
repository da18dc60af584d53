/**
 * The accounts of each month: what was spent for which team and endpoint.
 */
@NullMarked
package io.htgateway.budget.account;

import org.jspecify.annotations.NullMarked;
