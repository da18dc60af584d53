/**
 * What an object store answers, and what that means.
 */
@NullMarked
package io.htgateway.download.response;

import org.jspecify.annotations.NullMarked;
