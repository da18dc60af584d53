package io.htgateway.access.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The part of a Kubernetes API server that issues tokens of service accounts: discovery
 * and keys with stock permissions (<code>system:service-account-issuer-discovery</code>),
 * over TLS of the cluster's own authority, on loopback.
 */
final class FakeApiServer implements AutoCloseable {

	static final String AUDIENCE = "hypertracker-gateway";

	static final String DISCOVERY = "/.well-known/openid-configuration";

	static final String KEYS = "/openid/v1/jwks";

	private static final String HOST = "localhost";

	private final HttpsServer server;

	private final Set<String> accepted = ConcurrentHashMap.newKeySet();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile RSAKey key = newKey();

	private volatile @Nullable String otherKeys;

	/**
	 * A received request.
	 *
	 * @param path its path
	 * @param authorization its header, or null
	 */
	record Request(String path, @Nullable String authorization) {
	}

	FakeApiServer(ClusterAuthority authority) {
		try {
			server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		server.setHttpsConfigurator(new HttpsConfigurator(authority.tls(HOST)));
		server.createContext("/", this::handle);
		server.start();
	}

	/**
	 * Returns the issuer: the <code>iss</code> of its tokens.
	 */
	String issuer() {
		return "https://" + HOST + ":" + server.getAddress().getPort();
	}

	/**
	 * Returns the URL of the keys.
	 */
	String keysUri() {
		return issuer() + KEYS;
	}

	/**
	 * Accepts the given token of a service account, and no other.
	 */
	void acceptOnly(String token) {
		accepted.clear();
		accepted.add(token);
	}

	/**
	 * Names keys at the given URL in the discovery document, such as those at the API
	 * server's own address.
	 */
	void nameKeysAt(String url) {
		otherKeys = url;
	}

	/**
	 * Signs with another key from now on, and serves only that.
	 */
	void rotateKey() {
		key = newKey();
	}

	List<Request> requests() {
		return requests;
	}

	/**
	 * Returns a projected token of a service account, as its pods have it.
	 */
	String token(String namespace, String account) {
		Instant now = Instant.now();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().audience(List.of(AUDIENCE))
			.issuer(issuer())
			.subject("system:serviceaccount:" + namespace + ":" + account)
			.jwtID(UUID.randomUUID().toString())
			.issueTime(Date.from(now))
			.notBeforeTime(Date.from(now))
			.expirationTime(Date.from(now.plusSeconds(3600)))
			.claim("kubernetes.io", Map.of("namespace", namespace, "node", Map.of("name", "node-1", "uid", "1"), "pod",
					Map.of("name", account + "-0", "uid", "2"), "serviceaccount", Map.of("name", account, "uid", "3")))
			.build();
		try {
			SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
					claims);
			jwt.sign(new RSASSASigner(key));
			return jwt.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		String authorization = exchange.getRequestHeaders().getFirst("Authorization");
		requests.add(new Request(path, authorization));
		String accept = exchange.getRequestHeaders().getFirst("Accept");
		if (authorization == null) {
			status(exchange, 403, "Forbidden",
					"forbidden: User \\\"system:anonymous\\\" cannot get path \\\"" + path + "\\\"");
		}
		else if (accepted.stream().noneMatch((token) -> authorization.equals("Bearer " + token))) {
			status(exchange, 401, "Unauthorized", "Unauthorized");
		}
		else if (path.equals(DISCOVERY)) {
			send(exchange, 200, "application/json", discovery());
		}
		else if (path.equals(KEYS) && accept != null && !accept.contains("*/*")) {
			send(exchange, 406, "text/plain", "406: Not Acceptable");
		}
		else if (path.equals(KEYS)) {
			send(exchange, 200, "application/jwk-set+json", new JWKSet(key.toPublicJWK()).toString());
		}
		else {
			status(exchange, 403, "Forbidden", "forbidden: User \\\"system:serviceaccount:apps:gateway\\\" cannot get"
					+ " path \\\"" + path + "\\\"");
		}
	}

	private String discovery() {
		String keys = (otherKeys != null) ? otherKeys : keysUri();
		return """
				{"issuer":"%s","jwks_uri":"%s","response_types_supported":["id_token"],\
				"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}"""
			.formatted(issuer(), keys);
	}

	private static void status(HttpExchange exchange, int code, String reason, String message) throws IOException {
		send(exchange, code, "application/json", """
				{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s","reason":"%s",\
				"details":{},"code":%d}""".formatted(message, reason, code));
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyIDFromThumbprint(true)
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}

}
