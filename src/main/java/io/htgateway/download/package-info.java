/**
 * Files behind pre-signed links: fetched without the key, and only from where files may
 * come from.
 */
@NullMarked
package io.htgateway.download;

import org.jspecify.annotations.NullMarked;
