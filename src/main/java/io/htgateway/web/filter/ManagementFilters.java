package io.htgateway.web.filter;

import io.htgateway.time.Dates;
import org.springframework.context.annotation.Bean;

/**
 * Filter of the management port. The context of that port finds this class by its name in
 * <code>META-INF/spring</code>.
 */
class ManagementFilters {

	@Bean
	static ResponseHeadersFilter managementResponseHeaders(Dates dates) {
		return new ResponseHeadersFilter(dates, null);
	}

}
