/**
 * Tokens of an issuer (RFC 7519), and its keys.
 */
@NullMarked
package io.htgateway.access.jwt;

import org.jspecify.annotations.NullMarked;
