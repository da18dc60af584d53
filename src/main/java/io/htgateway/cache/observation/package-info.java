/**
 * How loads ended, for those who log, count and trace them.
 */
@NullMarked
package io.htgateway.cache.observation;

import org.jspecify.annotations.NullMarked;
