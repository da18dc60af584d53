/**
 * Structure of JSON responses, without conversion to objects.
 */
@NullMarked
package io.htgateway.upstream.json;

import org.jspecify.annotations.NullMarked;
