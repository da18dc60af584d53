/**
 * Parts of the audit log of what operators do.
 */
@NullMarked
package io.htgateway.ops.audit;

import org.jspecify.annotations.NullMarked;
