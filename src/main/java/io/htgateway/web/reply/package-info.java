/**
 * Responses made from results of the cache: headers and a representation, or only 304.
 */
@NullMarked
package io.htgateway.web.reply;

import org.jspecify.annotations.NullMarked;
