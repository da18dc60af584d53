/**
 * What integration tests share: the running gateway, its clock and its clients.
 */
@NullMarked
package io.htgateway.testing;

import org.jspecify.annotations.NullMarked;
