/**
 * Client of the paid API with the organisation's API key.
 */
@NullMarked
package io.htgateway.upstream;

import org.jspecify.annotations.NullMarked;
