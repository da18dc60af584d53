@NullMarked
package io.htgateway.tls;

import org.jspecify.annotations.NullMarked;
