/**
 * Documentation pages for callers: the home page, Swagger UI and the API document.
 */
@NullMarked
package io.htgateway.docs;

import org.jspecify.annotations.NullMarked;
