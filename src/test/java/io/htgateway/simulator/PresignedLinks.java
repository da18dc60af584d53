package io.htgateway.simulator;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Signs links to the object store and checks them, as a store does, by what they decode
 * to.
 *
 * @param clock the time
 * @param expiry how long a link is good for
 */
record PresignedLinks(InstantSource clock, Duration expiry) {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final SecretKeySpec SECRET = new SecretKeySpec("simulated-secret".getBytes(UTF_8), "HmacSHA256");

	/**
	 * The path with the query that signs it.
	 */
	String sign(String path) {
		String date = DATE.format(this.clock.instant());
		SortedMap<String, String> parameters = new TreeMap<>();
		parameters.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
		parameters.put("X-Amz-Credential", "SIMULATED/" + date.substring(0, 8) + "/us-east-1/s3/aws4_request");
		parameters.put("X-Amz-Date", date);
		parameters.put("X-Amz-Expires", Long.toString(this.expiry.toSeconds()));
		parameters.put("X-Amz-SignedHeaders", "host");
		String unsigned = canonical(path, parameters);
		return unsigned + "&X-Amz-Signature=" + signature(unsigned);
	}

	Verdict verify(URI link) {
		UriComponents components = UriComponentsBuilder.fromUri(link).build();
		SortedMap<String, String> parameters = new TreeMap<>();
		components.getQueryParams()
			.toSingleValueMap()
			.forEach((name, value) -> parameters.put(name,
					UriUtils.decode(Objects.requireNonNullElse(value, ""), UTF_8)));
		String signature = parameters.remove("X-Amz-Signature");
		if (!signature(canonical(link.getPath(), parameters)).equals(signature)) {
			return Verdict.FORGED;
		}
		Instant signed = DATE.parse(parameters.getOrDefault("X-Amz-Date", ""), Instant::from);
		long seconds = Long.parseLong(parameters.getOrDefault("X-Amz-Expires", "0"));
		boolean expired = !this.clock.instant().isBefore(signed.plus(seconds, ChronoUnit.SECONDS));
		return expired ? Verdict.EXPIRED : Verdict.GOOD;
	}

	private static String canonical(String path, SortedMap<String, String> parameters) {
		return UriUtils.encode(path, UTF_8).replace("%2F", "/")
				+ parameters.entrySet().stream().map(PresignedLinks::encoded).collect(Collectors.joining("&", "?", ""));
	}

	private static String encoded(Map.Entry<String, String> parameter) {
		return parameter.getKey() + "=" + UriUtils.encode(parameter.getValue(), UTF_8);
	}

	private static String signature(String canonical) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(SECRET);
			return HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What the store makes of a link.
	 */
	enum Verdict {

		GOOD, EXPIRED, FORGED

	}

}
