package io.htgateway.web.filter;

import io.htgateway.time.Dates;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * The filters of the management port, in their order. The context of that port finds this
 * class by its name in <code>META-INF/spring</code>.
 */
class ManagementFilters {

	@Bean
	@Order(1)
	static DateFilter managementDates(Dates dates) {
		return new DateFilter(dates);
	}

	@Bean
	@Order(2)
	static AcceptGuard managementAcceptGuard() {
		return new AcceptGuard();
	}

}
