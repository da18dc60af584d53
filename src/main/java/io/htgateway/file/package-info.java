/**
 * Files that the upstream links to. Callers get the file itself and never the link, which
 * expires.
 */
@NullMarked
package io.htgateway.file;

import org.jspecify.annotations.NullMarked;
