package io.htgateway.ops;

import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;

/**
 * Lets operations find the request that they are called by. It belongs to the context of
 * the management port, which finds this class by its name in
 * <code>META-INF/spring</code>.
 */
class ManagementRequests {

	@Bean
	static ServerWebExchangeContextFilter managementExchanges() {
		return new ServerWebExchangeContextFilter();
	}

}
