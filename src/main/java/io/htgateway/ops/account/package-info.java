/**
 * Statements of the months' accounts for operators, and the requests that they include.
 */
@NullMarked
package io.htgateway.ops.account;

import org.jspecify.annotations.NullMarked;
