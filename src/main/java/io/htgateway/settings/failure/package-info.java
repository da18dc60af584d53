/**
 * What is wrong with the configuration, in words of those who wrote it.
 */
@NullMarked
package io.htgateway.settings.failure;

import org.jspecify.annotations.NullMarked;
