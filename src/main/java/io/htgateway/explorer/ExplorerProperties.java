package io.htgateway.explorer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The explorer, a page that shows the data in a browser.
 *
 * @param enabled whether the gateway serves the explorer at its root; otherwise the root
 * redirects to Swagger UI
 */
@ConfigurationProperties(prefix = "gateway.explorer")
record ExplorerProperties(@DefaultValue("true") boolean enabled) {

}
