/**
 * Files that the upstream links to: an endpoint answers the file itself, never the link,
 * which expires.
 */
@NullMarked
package io.htgateway.file;

import org.jspecify.annotations.NullMarked;
