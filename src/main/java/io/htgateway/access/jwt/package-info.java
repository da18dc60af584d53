/**
 * Verification of an issuer's JWTs (RFC 7519) with its keys.
 */
@NullMarked
package io.htgateway.access.jwt;

import org.jspecify.annotations.NullMarked;
