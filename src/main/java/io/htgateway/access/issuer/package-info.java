/**
 * Requests to the issuer of JWTs: the authority of its certificate, and the token that it
 * may require.
 */
@NullMarked
package io.htgateway.access.issuer;

import org.jspecify.annotations.NullMarked;
