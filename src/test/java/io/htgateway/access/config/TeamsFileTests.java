package io.htgateway.access.config;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.htgateway.secret.Secret;
import io.htgateway.secret.UnusableSecretException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of {@link TeamsFile}.
 */
class TeamsFileTests {

	private static final String HASH = "0123456789abcdef".repeat(4);

	private static final String OTHER_HASH = "123456789abcdef0".repeat(4);

	@Test
	void parseTakesWhatAConfigurationHas() {
		List<TeamsProperties.Entry> teams = parse(Secret.of("""
				# Comments are no matter.
				gateway:
				  access:
				    teams:
				      - name: research
				        token-sha256: "%s"
				        requests-per-minute: 600
				        upstream-share: 0.3
				      - name: trading
				        tokens: [ { sha256: "%s", not-after: 2027-01-31T00:00:00Z } ]
				""".formatted(HASH, OTHER_HASH)), false);

		assertThat(teams).containsExactly(
				new TeamsProperties.Entry("research", List.of(HASH), List.of(), 600, 0.3, null, null, null, List.of()),
				new TeamsProperties.Entry("trading", List.of(), List.of(), 0, 0, null, null, null,
						List.of(new TeamsProperties.Token(OTHER_HASH, "2027-01-31T00:00:00Z"))));
	}

	@Test
	void parseTakesWhatTheCommandForANewTokenPrints() {
		String printed = NewTeamToken.run("--new-team-token=research").orElseThrow().text();

		List<TeamsProperties.Entry> teams = parse(Secret.of(printed.substring(printed.indexOf("gateway:"))), false);

		assertThat(teams).extracting(TeamsProperties.Entry::name).containsExactly("research");
	}

	@Test
	void parseTakesSubjectsWhereJwtsAreTaken() {
		String content = "gateway: {access: {teams: [{name: research, subjects: ['a:b', 'c']}]}}";

		assertThat(parse(Secret.of(content), true).getFirst().subjects()).containsExactly("a:b", "c");
		assertThat(failure(content)).contains("team research of gateway.access.teams needs a token-sha256, or tokens");
	}

	@Test
	void parseTakesPlaceholdersForText() {
		assertThat(failure("gateway: {access: {teams: [{name: research, token-sha256: '${user.home}'}]}}")).isEqualTo(
				"cannot be used: gateway.access.teams[0].token-sha256 (line 1) must be 64 hexadecimal digits: the SHA-256 of"
						+ " the token, not the token");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "canary-5d1f | has no gateway.access.teams",
			"[canary-5d1f] | has no gateway.access.teams", "teams: [{name: canary}] | has no gateway.access.teams",
			"gateway: {access: {teams: []}} | has no gateway.access.teams",
			"gateway: {access: {teams: | is not valid YAML at line 1",
			"'gateway: {access: {teams: \"canary}' | is not valid YAML at line 1",
			"gateway: !!java.net.URL [canary] | is not valid YAML at line 1",
			"gateway: {access: {teams: &a [*a, canary]}} | is YAML without end: a list or section contains itself",
			"'{gateway: canary, gateway: canary}' | is not valid YAML at line 1",
			"gateway: {access: {teams: canary}} | has an invalid value for gateway.access.teams",
			"gateway: {access: {teams: [canary]}} | has an invalid value for gateway.access.teams[0]",
			"gateway: {access: {teams: [{name: canary_, token-sha256: HASH}]}} | gateway.access.teams[0].name (line 1) must be",
			"gateway: {access: {teams: [{name: a, token-sha256: canary}]}} | gateway.access.teams[0].token-sha256 (line 1) must be",
			"gateway: {access: {teams: [{name: a, token: canary}]}} | cannot be used: gateway.access.teams[0].token",
			"gateway: {access: {teams: [{name: a, canary_5d1f: 1}]}} | used: A name that is not shown",
			"gateway: {access: {teams: [{name: a, requests-per-minute: canary}]}} | gateway.access.teams[0].requests-per-minute",
			"gateway: {access: {teams: [{name: a, upstream-share: 10%}]}} | an invalid value for gateway.access.teams[0].upstream-share",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH, request-per-minute: 5}]}} | teams[0].request-per-minute",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH}]}, rate-limit-headers: true} | used: gateway.rate-limit-headers (line 1) is not a property of the gateway; its name is now gateway.access.rate-limit-headers",
			"'{gateway: {access: {teams: [{name: a, token-sha256: HASH}]}}, server.port: 1}' | used: server.port",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH}], teams-file: b}} | used: gateway.access.teams-file (line 1) does not belong in this file, which has only gateway.access.teams",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH}], jwt: {claim: b}}} | used: gateway.access.jwt.claim (line 1) does not belong",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH}, {name: a, token-sha256: HASH}]}} | gateway.access.teams[1].name (line 1) must differ from that of gateway.access.teams[0]",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH, coins: []}]}} | gateway.access.teams[0].coins (line 1) must name the coins",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH, coins: [BTC, htgw_canary]}]}} | gateway.access.teams[0].coins has a value that is not shown",
			"gateway: {access: {teams: [{name: a, token-sha256: HASH, segments: [4, 17]}]}} | gateway.access.teams[0].segments has 17, which is not within the cohorts of gateway.risk.segments: 1-16",
			"gateway: {access: {teams: [{name: a, tokens: [{sha256: HASH, not-after: 2027-01-31}]}]}} | gateway.access.teams[0].tokens[0].not-after (line 1) must be a time",
			"gateway: {access: {teams: [{name: a, tokens: [{sha256: HASH, expires: canary}]}]}} | gateway.access.teams[0].tokens[0].expires (line 1) is not a property of the gateway",
			"gateway: {access: {teams: [{name: a, upstream-share: 2, token-sha256: HASH}]}} | not a fraction from 0 to 1, such as 0.25" })
	void parseWhenContentIsBadSaysWhyAndShowsNothingOfIt(String content, String reason) {
		assertThat(failure(content.replace("HASH", "'" + HASH + "'"))).contains(reason)
			.doesNotContain("canary", "5d1f");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"gateway: {teams: [{name: canary}]} | gateway.teams[0].name (line 1) is not a property of the gateway; its name is now gateway.access.teams[0].name",
			"gateway: {teams: [{token-sha256: canary5d1f}]} | gateway.teams[0].token-sha256 (line 1) is not a property of the gateway; its name is now gateway.access.teams[0].token-sha256",
			"gateway: {access: , teams: [{name: canary}]} | gateway.teams[0].name (line 1) is not a property of the gateway; its name is now gateway.access.teams[0].name",
			"gateway: {teams: canary} | gateway.teams (line 1) is not a property of the gateway; its name is now gateway.access.teams",
			"gateway: {teams: []} | gateway.teams (line 1) is not a property of the gateway; its name is now gateway.access.teams" })
	void parseWhenContentHasTheFormerNameNamesTheNewOne(String content, String reason) {
		assertThat(failure(content)).isEqualTo("cannot be used: " + reason);
	}

	@Test
	void parseWhenThereAreTwoDocumentsSaysSo() {
		String document = "gateway: {access: {teams: [{name: a, token-sha256: '" + HASH + "'}]}}\n";

		assertThat(failure(document + "---\n" + document)).isEqualTo("must have exactly one YAML document");
		assertThat(failure("# canary")).isEqualTo("must have exactly one YAML document");
	}

	@Test
	void parseWhenLineIsBadTellsWhichOne() {
		assertThat(failure("gateway:\n  access:\n    teams:\n    - name: 'a'b\n"))
			.startsWith("is not valid YAML at line 4");
	}

	@Test
	void parseWhenThereIsAControlCharacterTellsTheLine() {
		assertThat(failure("gateway:\n  access:\n    teams:\n    - name: canary\u0007\n"))
			.isEqualTo("has a control character (U+0007) in line 4, which YAML does not allow");
	}

	@Test
	void parseTakesAThousandTeams() {
		StringBuilder content = new StringBuilder("gateway:\n  access:\n    teams:\n");
		IntStream.range(0, 1000)
			.forEach((number) -> content.append("    - {name: t")
				.append(number)
				.append(", token-sha256: '")
				.append(TokenHash.of(Secret.of("token" + number)).hex())
				.append("'}\n"));

		assertThat(parse(Secret.of(content.toString()), false)).hasSize(1000);
	}

	private static List<TeamsProperties.Entry> parse(Secret content, boolean jwts) {
		return TeamsFile.parse(content, jwts,
				new KnownNames(new EndpointNames(new TreeSet<>(List.of("fills", "heatmap", "risk"))),
						new SegmentIds(IntStream.rangeClosed(1, 16).boxed().collect(Collectors.toSet()), "1-16")));
	}

	private static String failure(String content) {
		UnusableSecretException failure = catchThrowableOfType(UnusableSecretException.class,
				() -> parse(Secret.of(content), false));
		return String.valueOf(failure.getMessage());
	}

}
