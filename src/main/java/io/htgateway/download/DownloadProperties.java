package io.htgateway.download;

import java.time.Duration;
import java.util.List;

import io.htgateway.http.BodySize;
import io.htgateway.http.CallTimeout;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Hosts, size limit and timeouts of downloads.
 *
 * @param allowedHosts hosts from which heatmap files may be downloaded: host names,
 * *.domain for every name below a domain, or aws:s3 for the hosts of Amazon S3
 * @param allowInsecure whether http, any port and any IP address are allowed, for tests
 * and local object stores; the host must still be in allowed-hosts
 * @param maxSize largest heatmap file after decompression; a value over 32MB may be at
 * most a third of the heap
 * @param connectTimeout longest time to open a connection
 * @param responseTimeout longest wait for the next part of a file
 * @param timeout longest time for a whole download, including redirects
 */
@Validated
@ConfigurationProperties(prefix = "gateway.downloads")
record DownloadProperties(
		@DefaultValue(S3Hosts.NAME) @NotEmpty List<@Pattern(regexp = ALLOWED_HOST,
				message = "must be a host name, *. and a domain, or " + S3Hosts.NAME) String> allowedHosts,
		@DefaultValue("false") boolean allowInsecure, @DefaultValue("32MB") DataSize maxSize,
		@DefaultValue("2s") @CallTimeout Duration connectTimeout,
		@DefaultValue("10s") @CallTimeout Duration responseTimeout,
		@DefaultValue("20s") @CallTimeout Duration timeout) {

	private static final String ALLOWED_HOST = S3Hosts.NAME + "|(\\*\\.)?[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\]";

	DownloadProperties {
		allowedHosts = List.copyOf(allowedHosts);
		BodySize.ofThisJvm().check("gateway.downloads.max-size", maxSize);
	}

}
