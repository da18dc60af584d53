package io.htgateway.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test against the gateway on a real port; what is before it is the test's. Each test
 * method starts with an expired cache and nothing known of the upstream. The budget is as
 * good as none, the status of the upstream is not polled, and past fills are not cached
 * for days, unless a test sets them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gateway.budget.plan=custom", "gateway.budget.per-minute=1000000000",
				"gateway.state.max-share=0", "gateway.fills.settled-ttl=0s" })
@Import(GatewayTestConfiguration.class)
@ExtendWith(FreshStart.class)
public @interface RunningGateway {

}
