/**
 * HTTP rules that the clients of the upstream and of object stores share.
 */
@NullMarked
package io.htgateway.http;

import org.jspecify.annotations.NullMarked;
