/**
 * Responses of object stores: files, confirmations, redirects and failures.
 */
@NullMarked
package io.htgateway.download.response;

import org.jspecify.annotations.NullMarked;
