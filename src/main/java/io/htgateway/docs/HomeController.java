package io.htgateway.docs;

import java.net.URI;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Redirects browsers from the root of the gateway to Swagger UI.
 */
@Hidden
@RestController
class HomeController {

	@GetMapping("/")
	ResponseEntity<Void> home() {
		return seeOther("swagger-ui.html");
	}

	// This copy of the page has another path depth, so its relative links would be wrong.
	@GetMapping("/webjars/swagger-ui/index.html")
	ResponseEntity<Void> packagedPage() {
		return seeOther("../../" + RelativeSwaggerWelcome.PAGE);
	}

	// Relative, because the gateway does not know its external path.
	private static ResponseEntity<Void> seeOther(String location) {
		return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(location)).build();
	}

}
