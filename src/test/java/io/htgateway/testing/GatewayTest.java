package io.htgateway.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * A test against the gateway on a real port before the simulated HyperTracker. Each test
 * method starts with an expired cache and a simulator that was not called yet.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningGateway
@Import(SimulatedUpstreamConfiguration.class)
public @interface GatewayTest {

}
