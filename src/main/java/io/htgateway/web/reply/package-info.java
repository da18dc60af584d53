/**
 * What is sent for a result of the cache: headers, representation, or only 304.
 */
@NullMarked
package io.htgateway.web.reply;

import org.jspecify.annotations.NullMarked;
