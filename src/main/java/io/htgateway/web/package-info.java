/**
 * What clients see: parameters in, responses and problems out.
 */
@NullMarked
package io.htgateway.web;

import org.jspecify.annotations.NullMarked;
