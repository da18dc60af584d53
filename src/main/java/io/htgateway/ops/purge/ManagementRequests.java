package io.htgateway.ops.purge;

import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Makes the current request available to the operations of the management port. The
 * context of that port finds this class by its name in <code>META-INF/spring</code>.
 */
class ManagementRequests {

	@Bean
	static ServerWebExchangeContextFilter managementExchanges() {
		return new ServerWebExchangeContextFilter();
	}

}
