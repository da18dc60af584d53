package io.htgateway.explorer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The explorer, a page that shows the data in a browser.
 *
 * @param enabled whether the root of the gateway is the explorer; otherwise it leads to
 * Swagger UI
 */
@ConfigurationProperties(prefix = "gateway.explorer")
record ExplorerProperties(@DefaultValue("true") boolean enabled) {

}
