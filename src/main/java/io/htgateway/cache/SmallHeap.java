package io.htgateway.cache;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Refuses a heap that is too small before any bean is created: beans would fill it, and
 * the process would end without a message. Spring Boot finds this listener in
 * <code>META-INF/spring.factories</code>.
 */
final class SmallHeap implements ApplicationListener<ApplicationPreparedEvent> {

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		MemoryLimits.ofThisJvm().checkHeap();
	}

}
