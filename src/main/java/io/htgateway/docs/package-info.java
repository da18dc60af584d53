/**
 * The pages for developers: home, Swagger UI and the OpenAPI document.
 */
@NullMarked
package io.htgateway.docs;

import org.jspecify.annotations.NullMarked;
