/**
 * Authentication of callers by team tokens and by JWTs of an issuer.
 */
@NullMarked
package io.htgateway.access.authentication;

import org.jspecify.annotations.NullMarked;
