/**
 * What replicas have in common, in a Redis that is never needed to answer.
 */
@NullMarked
package io.htgateway.shared;

import org.jspecify.annotations.NullMarked;
