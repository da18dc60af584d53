package io.htgateway.access.jwt;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import io.htgateway.access.TeamRefusal;
import io.htgateway.access.config.TeamsProperties;
import io.htgateway.secret.Secret;
import io.htgateway.testing.MutableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of {@link JwtVerifier} with key sets that have unusable keys (RFC 7517 5).
 */
@ExtendWith(OutputCaptureExtension.class)
class UnusableKeysTests {

	private static final String COORDINATE = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

	private static final String MODULUS = "x" + "A".repeat(340) + "Q";

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-02T10:00:00Z"));

	private final Issuer issuer = new Issuer();

	private final JwtVerifier verifier = new JwtVerifier(
			new TeamsProperties.Jwt(URI.create(issuer.uri()), null, Issuer.AUDIENCE, "sub"), WebClient.create(), clock);

	@AfterEach
	void stop() {
		verifier.close();
		issuer.close();
	}

	@ParameterizedTest
	@MethodSource("unusable")
	void verifyWhenAnotherKeyIsUnusableUsesTheUsableOne(String key, String reason, CapturedOutput output) {
		issuer.serveKeysBeside(key.replace('\'', '"'));

		assertThat(subject()).isEqualTo("research");
		assertThat(warnings(output)).hasSize(1)
			.first()
			.asString()
			.contains("ignored=2", "keys=3", reason + "=2", issuer.uri())
			.doesNotContain(COORDINATE, MODULUS, "canary");
	}

	static Stream<Arguments> unusable() {
		String x = "'x':'" + COORDINATE + "'";
		String y = "'y':'" + COORDINATE + "'";
		String rsa = "'kty':'RSA','n':'" + MODULUS + "'";
		return Stream.of(Arguments.of("{'kty':'EC','crv':'brainpoolP256r1','kid':'c','x':'AA','y':'AA'}", "malformed"),
				Arguments.of("{'kty':'EC','crv':'P-256','kid':'canary'," + x + "," + y + "}", "malformed"),
				Arguments.of("{'kty':'EC','crv':'P-256'," + x + "}", "malformed"),
				Arguments.of("{'kty':'EC','crv':'P-256','x':'','y':''}", "malformed"),
				Arguments.of("{'kty':'EC'," + x + "," + y + "}", "malformed"),
				Arguments.of("{'kty':'EC','crv':1," + x + "," + y + "}", "malformed"),
				Arguments.of("{'kty':'RSA','e':'AQAB'}", "malformed"), Arguments.of("{" + rsa + "}", "malformed"),
				Arguments.of("{'kty':'RSA','n':'','e':'AQAB'}", "malformed"),
				Arguments.of("{'kty':'RSA','n':'AQAB','e':'AQAB'}", "malformed"),
				Arguments.of("{'kty':'RSA','n':'x" + MODULUS.substring(172) + "','e':'AQAB'}", "too-short"),
				Arguments.of("{" + rsa + ",'e':'AQAB','x5c':['canary']}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','x5c':'canary'}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','x5u':':'}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','d':'canary','p':1}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','key_ops':['canary']}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','key_ops':'verify'}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','key_ops':[1]}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','key_ops':['verify','verify'],'use':1}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','use':'sig','key_ops':['encrypt']}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','exp':'canary'}", "malformed"),
				Arguments.of("{" + rsa + ",'e':'AQAB','kid':{}}", "malformed"),
				Arguments.of("{'kid':'canary'}", "no-kty"), Arguments.of("{}", "no-kty"),
				Arguments.of("{'kty':null}", "no-kty"), Arguments.of("{'kty':1}", "no-kty"),
				Arguments.of("{'kty':'canary'}", "unsupported"), Arguments.of("{'kty':'rsa'," + x + "}", "unsupported"),
				Arguments.of("{'kty':'OKP','crv':'Ed25519'," + x + "}", "unsupported"),
				Arguments.of("{'kty':'AKP','alg':'ML-DSA-44','pub':'AA'}", "unsupported"),
				Arguments.of("{'kty':'oct','kid':'current','k':'" + COORDINATE + "'}", "symmetric"),
				Arguments.of("null", "no-object"), Arguments.of("1", "no-object"),
				Arguments.of("'canary'", "no-object"), Arguments.of("[]", "no-object"),
				Arguments.of("true", "no-object"));
	}

	@Test
	void verifyWhenKeysAreBelowTheMetadataUsesTheUsableOne(CapturedOutput output) {
		issuer.serveKeySetBelowMetadata(issuer
			.keysBeside("{'kty':'EC','crv':'brainpoolP256r1','kid':'c','x':'AA','y':'AA'}".replace('\'', '"')));

		assertThat(subject()).isEqualTo("research");
		assertThat(warnings(output)).hasSize(1).first().asString().contains("ignored=2", "keys=3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'keys':{}}", "{'keys':null}" })
	void verifyWhenThereAreNoKeysBelowTheMetadataSaysWhy(String set, CapturedOutput output) {
		issuer.serveKeySetBelowMetadata(set.replace('\'', '"'));

		assertThat(catchThrowable(this::subject)).isInstanceOf(TeamRefusal.KeysUnavailable.class);
		assertThat(warnings(output)).hasSize(1).first().asString().endsWith("cause=no list of keys");
	}

	// Keys for other purposes are neither faults nor keys for signatures.
	@ParameterizedTest
	@ValueSource(
			strings = { "'use':'enc'", "'key_ops':['encrypt']", "'use':'sig','key_ops':['sign']", "'alg':'RSA-OAEP'" })
	void verifyWhenAnotherKeyHasAnotherPurposeUsesTheUsableOneWithoutAWarning(String purpose, CapturedOutput output) {
		issuer.serveKeysBeside(
				("{'kty':'RSA','kid':'current','n':'" + MODULUS + "','e':'AQAB'," + purpose + "}").replace('\'', '"'));

		assertThat(subject()).isEqualTo("research");
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void verifyWhenManyKeysHaveTheSameIdTakesTheOneThatFits() throws JOSEException {
		ECKey other = Issuer.key("current");
		ECKey ofAnotherCurve = new ECKeyGenerator(Curve.P_384).keyID("current").generate();
		issuer.serveKeysBeside(other.toPublicJWK().toJSONString(), ofAnotherCurve.toPublicJWK().toJSONString());

		assertThat(subject()).isEqualTo("research");
	}

	@Test
	void verifyWhenKeysAreOfTwoCurvesAndTheTokenNamesNoneTakesTheOneThatFits() throws JOSEException {
		ECKey unnamed = new ECKeyGenerator(Curve.P_256).generate();
		ECKey ofAnotherCurve = new ECKeyGenerator(Curve.P_384).generate();
		issuer.serveKeySet("{\"keys\":[" + ofAnotherCurve.toPublicJWK() + "," + unnamed.toPublicJWK() + ","
				+ ofAnotherCurve.toPublicJWK() + "]}");

		assertThat(subject(Issuer.token(issuer.claims("research", clock.instant()).build(), unnamed)))
			.isEqualTo("research");
	}

	@ParameterizedTest
	@CsvSource({ "403, 'status=403 (if it requires a token, set gateway.access.jwt.token-file)'", "500, status=500",
			"404, status=404", "302, status=302" })
	void verifyWhenIssuerRefusesLogsOnceWhyAndOnceThatItRecovered(int status, String cause, CapturedOutput output) {
		issuer.serveStatus(status);
		for (int time = 0; time < 3; time++) {
			assertThat(catchThrowable(this::subject)).isInstanceOf(TeamRefusal.KeysUnavailable.class);
			clock.advance(Duration.ofSeconds(1));
		}
		assertThat(warnings(output)).hasSize(1).first().asString().endsWith("url=" + issuer.uri() + " " + cause);

		issuer.serveKeys();
		for (int time = 0; time < 3; time++) {
			assertThat(subject()).isEqualTo("research");
		}
		assertThat(lines(output, "INFO")).hasSize(1).first().asString().contains("JWT keys available again");
		assertThat(warnings(output)).hasSize(1);
	}

	// A JWT with a known key is verified meanwhile, which does not end the outage.
	@Test
	void verifyWhenIssuerFailsWhileKeysAreKnownLogsOnce(CapturedOutput output) {
		assertThat(subject()).isEqualTo("research");
		issuer.serveStatus(503);
		String unknown = Issuer.token(issuer.claims("research", clock.instant()).build(), Issuer.key("unknown"));
		for (int time = 0; time < 3; time++) {
			clock.advance(Duration.ofSeconds(1));
			assertThat(catchThrowable(() -> subject(unknown))).isInstanceOf(TeamRefusal.KeysUnavailable.class);
			assertThat(subject()).isEqualTo("research");
		}

		assertThat(warnings(output)).hasSize(1).first().asString().contains("status=503");
		assertThat(lines(output, "INFO")).isEmpty();
	}

	@Test
	void verifyWhenIssuerIsNotThereSaysSo(CapturedOutput output) {
		String token = issuer.token("research", clock.instant());
		issuer.close();

		assertThat(catchThrowable(() -> subject(token))).isInstanceOf(TeamRefusal.KeysUnavailable.class);
		assertThat(warnings(output)).hasSize(1).first().asString().contains("cause=", "Connect");
	}

	@Test
	void checkWhenIssuerIsNotThereWarnsOnceAndNamesPropertyAndUrl(CapturedOutput output) {
		issuer.close();

		verifier.check().block();
		verifier.check().block();

		assertThat(warnings(output)).hasSize(1)
			.first()
			.asString()
			.contains("check gateway.access.jwt.issuer-uri", "url=" + issuer.uri(), "no connection");
	}

	@Test
	void checkWhenIssuerServesThePageOfAnotherServerSaysSo(CapturedOutput output) {
		issuer.serveKeySet("<html>");

		verifier.check().block();

		assertThat(warnings(output)).hasSize(1).first().asString().contains("cause=not JSON");
	}

	@Test
	void checkWhenIssuerHasKeysSaysNothing(CapturedOutput output) {
		verifier.check().block();

		assertThat(issuer.keyRequests()).isPositive();
		assertThat(warnings(output)).isEmpty();
	}

	// The URL may contain a password.
	@Test
	void verifyLogsTheUrlWithoutUserInfoQueryAndFragment(CapturedOutput output) {
		issuer.serveStatus(403);
		URI keys = URI.create(issuer.uri().replace("//", "//canary:canary@") + "/keys?secret=canary#canary");
		JwtVerifier byKeys = new JwtVerifier(
				new TeamsProperties.Jwt(URI.create("http://127.0.0.1:1/"), keys, Issuer.AUDIENCE, "sub"),
				WebClient.create(), clock);

		assertThat(catchThrowable(
				() -> byKeys.verify(Secret.of(issuer.token("research", clock.instant())), List.of()).block()))
			.isInstanceOf(TeamRefusal.KeysUnavailable.class);
		assertThat(warnings(output)).hasSize(1)
			.first()
			.asString()
			.endsWith("url=" + issuer.uri()
					+ "/keys status=403 (if it requires a token, set gateway.access.jwt.token-file)")
			.doesNotContain("canary");
	}

	@Test
	void verifyWhenUnusableKeysStayLogsThemOnce(CapturedOutput output) {
		issuer.serveKeysBeside("{\"kty\":\"canary\"}");
		for (int time = 0; time < 5; time++) {
			clock.advance(Duration.ofSeconds(1));
			assertThat(subject()).isEqualTo("research");
			assertThat(subject(Issuer.token(issuer.claims("research", clock.instant()).build(), Issuer.key("unknown"))))
				.isNull();
		}
		assertThat(issuer.keyRequests()).isGreaterThan(1);
		assertThat(warnings(output)).hasSize(1);

		issuer.serveKeysBeside("{\"kty\":\"canary\"}", "{}");
		clock.advance(Duration.ofSeconds(1));
		subject(Issuer.token(issuer.claims("research", clock.instant()).build(), Issuer.key("unknown")));

		assertThat(warnings(output)).hasSize(2).last().asString().contains("no-kty=2", "unsupported=2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "{'keys':[{'kty':'EC','crv':'P-256'},null]};no usable key", "{'keys':[]};no usable key",
					"{'keys':[{'kty':'oct','k':'AAAA'}]};no usable key", "{'keys':{}};no list of keys",
					"{'keys':null};no list of keys", "{};no list of keys", "[];no list of keys", "<html>;not JSON",
					"'';not JSON", "{'keys':[;not JSON" })
	void verifyWhenNoKeyIsUsableReportsUnavailableKeysAndLogsWhy(String set, String reason, CapturedOutput output) {
		issuer.serveKeySet(set.replace('\'', '"'));

		assertThat(catchThrowable(this::subject)).isInstanceOf(TeamRefusal.KeysUnavailable.class);
		assertThat(warnings(output).filter((line) -> line.contains("JWT keys unavailable"))).hasSize(1)
			.first()
			.asString()
			.contains("cause=" + reason, "url=" + issuer.uri());
	}

	// Anybody who reads the key set could sign with a symmetric key.
	@Test
	void verifyWhenSetHasASymmetricKeyDoesNotTakeWhatIsSignedWithIt() throws JOSEException {
		OctetSequenceKey shared = new OctetSequenceKeyGenerator(256).keyID("shared").generate();
		issuer.serveKeysBeside(shared.toJSONString());
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("shared").build(),
				issuer.claims("research", clock.instant()).build());
		jwt.sign(new MACSigner(shared));

		assertThat(subject()).isEqualTo("research");
		assertThat(subject(jwt.serialize())).isNull();
	}

	private @Nullable String subject() {
		return subject(issuer.token("research", clock.instant()));
	}

	private @Nullable String subject(String token) {
		JwtVerifier.Verified verified = verifier.verify(Secret.of(token), List.of()).block();
		return (verified != null) ? verified.subject() : null;
	}

	private Stream<String> warnings(CapturedOutput output) {
		return lines(output, "WARN");
	}

	private Stream<String> lines(CapturedOutput output, String level) {
		return output.getOut()
			.lines()
			.filter((line) -> line.contains(" " + level + " ") && line.contains("url=" + issuer.uri()));
	}

}
