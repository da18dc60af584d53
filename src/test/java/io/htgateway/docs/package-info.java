/**
 * Tests that compare the documentation with the gateway.
 */
@NullMarked
package io.htgateway.docs;

import org.jspecify.annotations.NullMarked;
