/**
 * Finds out who calls: teams by their tokens, and those whom an issuer knows.
 */
@NullMarked
package io.htgateway.access.authentication;

import org.jspecify.annotations.NullMarked;
