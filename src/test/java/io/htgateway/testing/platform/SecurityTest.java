package io.htgateway.testing.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test of the gateway that protects callers, secrets or money. Each is in the
 * table of <code>docs/security.md</code>, and has a subclass that is
 * {@link OnKubernetes}, so that it runs in both environments.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SecurityTest {

}
