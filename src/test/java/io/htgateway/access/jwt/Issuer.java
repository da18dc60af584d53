package io.htgateway.access.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/**
 * Issuer of JWTs for tests, which serves its keys on loopback.
 */
public final class Issuer implements AutoCloseable {

	public static final String AUDIENCE = "hypertracker-gateway";

	/**
	 * Time for which an answer of the issuer is reused.
	 */
	public static final Duration LIFETIME = Duration.ofSeconds(1);

	private static final Duration LATE = Duration.ofSeconds(20);

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

	private final ECKey key = key("current");

	private final String uri;

	public Issuer() {
		server.start();
		uri = "http://127.0.0.1:" + server.port();
		serveKeys();
	}

	public static ECKey key(String id) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public void serveKeys() {
		serveKeys(key);
	}

	public void serveKeys(ECKey served) {
		server.resetAll();
		server.stubFor(WireMock.get("/keys").willReturn(WireMock.okJson(new JWKSet(served.toPublicJWK()).toString())));
		server.stubFor(WireMock.get("/.well-known/openid-configuration")
			.willReturn(WireMock.okJson("{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + "/keys\"}")));
	}

	/**
	 * Serves the given text as the key set.
	 */
	void serveKeySet(String text) {
		serveKeys();
		server.stubFor(WireMock.get("/keys").willReturn(WireMock.okJson(text)));
	}

	/**
	 * Serves the given text as the key set, at a path below that of the metadata.
	 */
	void serveKeySetBelowMetadata(String text) {
		String path = "/.well-known/openid-configuration/jwks";
		server.resetAll();
		server.stubFor(WireMock.get(path).willReturn(WireMock.okJson(text)));
		server.stubFor(WireMock.get("/.well-known/openid-configuration")
			.willReturn(WireMock.okJson("{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri() + path + "\"}")));
	}

	/**
	 * Serves a key set in JSON: the given keys, the issuer's own key, the given keys
	 * again.
	 */
	void serveKeysBeside(String... others) {
		serveKeySet(keysBeside(others));
	}

	/**
	 * Returns a key set in JSON: the given keys, the issuer's own key, the given keys
	 * again.
	 */
	String keysBeside(String... others) {
		String list = String.join(",", others);
		return "{\"keys\":[" + list + "," + key.toPublicJWK() + "," + list + "]}";
	}

	/**
	 * Answers every request with the given status.
	 */
	void serveStatus(int status) {
		server.resetAll();
		server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(status)));
	}

	public void serveNothing() {
		server.resetAll();
		server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.serverError()));
	}

	/**
	 * Serves the keys, but no sooner than a test ends.
	 */
	public void serveKeysLate() {
		server.resetAll();
		server.stubFor(WireMock.any(WireMock.anyUrl())
			.willReturn(WireMock.okJson(new JWKSet(key.toPublicJWK()).toString())
				.withFixedDelay(Math.toIntExact(LATE.toMillis()))));
	}

	public String uri() {
		return uri;
	}

	int requests() {
		return server.getAllServeEvents().size();
	}

	public int keyRequests() {
		return server.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo("/keys"))).size();
	}

	/**
	 * Returns a valid token of the given subject, which expires ten minutes after the
	 * given time.
	 */
	public String token(String subject, Instant now) {
		return token(claims(subject, now).build());
	}

	public String token(JWTClaimsSet claims) {
		return token(claims, key);
	}

	public static String token(JWTClaimsSet claims, ECKey key) {
		try {
			SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					claims);
			jwt.sign(new ECDSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the claims of a valid token, which expires ten minutes after the given
	 * time.
	 */
	public JWTClaimsSet.Builder claims(String subject, Instant now) {
		return new JWTClaimsSet.Builder().issuer(uri())
			.subject(subject)
			.audience(List.of("someone else", AUDIENCE))
			.claim("kubernetes.io", Map.of("namespace", "research"))
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plusSeconds(600)));
	}

	@Override
	public void close() {
		server.stop();
	}

}
