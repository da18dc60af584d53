package io.htgateway.docs;

import java.net.URI;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends who comes to the gateway's address with a browser to its documentation.
 */
@Hidden
@RestController
class HomeController {

	@GetMapping("/")
	ResponseEntity<Void> home() {
		return seeOther("swagger-ui.html");
	}

	// A copy of the page at another depth, where its relative links would be wrong.
	@GetMapping("/webjars/swagger-ui/index.html")
	ResponseEntity<Void> packagedPage() {
		return seeOther("../../" + RelativeSwaggerWelcome.PAGE);
	}

	// Relative, since the gateway does not know its path as seen from outside.
	private static ResponseEntity<Void> seeOther(String location) {
		return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(location)).build();
	}

}
