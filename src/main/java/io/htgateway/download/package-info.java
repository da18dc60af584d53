/**
 * Downloads of files behind pre-signed links, without the API key and only from allowed
 * hosts.
 */
@NullMarked
package io.htgateway.download;

import org.jspecify.annotations.NullMarked;
