package io.htgateway.web.filter;

import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.SeenRequests;
import io.htgateway.testing.platform.SecurityTest;
import io.htgateway.traffic.TrafficFilter;
import io.htgateway.web.RawClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.handler.FilteringWebHandler;
import org.springframework.web.server.handler.WebHandlerDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filter chain of the running gateway, and the filters of the management port.
 */
@SecurityTest
@GatewayTest
class CallerFiltersIntegrationTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private HttpHandler server;

	@Autowired
	private Gateway gateway;

	@Test
	void requestOfACallerPassesTheFiltersInThisOrderAndNoOthers() {
		assertThat(chain()).extracting((filter) -> (Object) filter.getClass())
			.filteredOn((type) -> !type.toString().contains(SeenRequests.class.getName()))
			.containsExactly(TrafficFilter.class, ResponseHeadersFilter.class, PagesFilter.class, RequestGuard.class,
					TeamFilter.class);
	}

	@Test
	void noFilterIsABeanThatTheManagementPortWouldInherit() {
		assertThat(context.getBeansOfType(WebFilter.class)).isEmpty();
	}

	@Test
	void responseOfTheManagementPortHasADate() {
		assertThat(management("GET /actuator/health HTTP/1.1\r\n")).startsWith("HTTP/1.1 200 ")
			.containsOnlyOnce("\r\nDate: ");
	}

	@Test
	void managementPortRefusesMoreMediaRangesThanItCanSort() {
		assertThat(management("GET /actuator/health HTTP/1.1\r\nAccept: " + "a/b,".repeat(50) + "*/*\r\n"))
			.startsWith("HTTP/1.1 406 ");
	}

	@Test
	void managementPortHasPathsAndMethodsOfItsOwn() {
		assertThat(gateway.actuator("/%68ealth").status()).isEqualTo(200);
		assertThat(gateway.actuator("POST", "/health").status()).isEqualTo(405);
		assertThat(gateway.actuator("POST", "/health").headers().getAllow()).extracting(Object::toString)
			.containsExactly("GET", "HEAD");
	}

	private String management(String head) {
		try (RawClient client = RawClient.to(gateway.managementPort())) {
			client.send(head + "Host: localhost\r\n\r\n");
			return client.read();
		}
	}

	private List<WebFilter> chain() {
		WebHandler handler = (WebHandler) server;
		while (!(handler instanceof FilteringWebHandler)) {
			handler = ((WebHandlerDecorator) handler).getDelegate();
		}
		return ((FilteringWebHandler) handler).getFilters();
	}

}
