package io.htgateway.ops;

import java.util.List;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each purge, whatever its result, is logged in one line.
 */
@SecurityTest
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class PurgeLogIntegrationTests {

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@CsvSource({ "cohort=5, endpoint=- cohort=5 coin=- found=1 expired=1",
			"endpoint=risk, endpoint=risk cohort=- coin=- found=2 expired=2",
			"endpoint=heatmap&coin=xyz:tsla, endpoint=heatmap cohort=- coin=xyz:tsla found=0 expired=0" })
	void purgeIsLoggedWithItsSelectionAndResult(String query, String expected, CapturedOutput output) {
		gateway.get("/api/external/5/assets/liquidation-risk?limit=3");
		gateway.get("/api/external/6/assets/liquidation-risk?limit=3");

		gateway.actuator("DELETE", "/gateway?" + query);

		assertThat(lines(output)).singleElement()
			.asString()
			.matches(".* INFO .*io\\.htgateway\\.audit +: Purge: client=127\\.0\\.0\\.1 .*")
			.endsWith(": Purge: client=127.0.0.1 " + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "'' | - | no selection: give at least one of endpoint, cohort and coin",
			"?endpoint=prices | endpoint=prices | endpoint must be one of fills, heatmap, risk",
			"?cohort= | cohort= | cohort must be the number of a cohort",
			"?cohort=5&cohort=6 | cohort=5&cohort=6 | cohort must be the number of a cohort",
			"?coin=a%22%0D%0APurge:%20client=10.9.9.9 | coin=a%22%0D%0APurge%3A%20client%3D10.9.9.9 | coin must be a symbol",
			"?coin=%E2%80%A8%1B[31m | coin=%E2%80%A8%1B%5B31m | coin must be",
			"?cohrt=5&endpoint=risk | cohrt=5&endpoint=risk | unknown parameter: the parameters are cohort, coin, endpoint",
			"?%0Aclient=1&cohort=5&x=1&x=2 | %0Aclient=1&cohort=5&x=1&x=2 | unknown parameter: the parameters are",
			"?cohort=5&all | all=&cohort=5 | unknown parameter: the parameters are" })
	void rejectedPurgeIsLoggedInOneLineThatCannotBeForged(String query, String parameters, String reason,
			CapturedOutput output) {
		assertThat(gateway.actuator("DELETE", "/gateway" + query).status()).isEqualTo(400);

		assertThat(lines(output)).singleElement()
			.asString()
			.contains(" INFO ", ": Purge rejected: client=127.0.0.1 parameters=" + parameters + " reason=\"" + reason);
		assertThat(output.getOut()).doesNotContain("\u001b[31m", "\u2028", "\nPurge", "\nclient");
	}

	@Test
	void rejectedPurgeWithALongValueIsCut(CapturedOutput output) {
		gateway.actuator("DELETE", "/gateway?coin=" + "a".repeat(4_000));

		assertThat(lines(output)).singleElement()
			.asString()
			.contains("parameters=coin=" + "a".repeat(251) + "... reason=")
			.hasSizeLessThan(600);
	}

	@Test
	void otherRequestsLeaveNoLine(CapturedOutput output) {
		gateway.actuator("/gateway");
		gateway.actuator("/gateway?cohort=5");
		gateway.actuator("POST", "/gateway?cohort=5");
		gateway.send("DELETE", "/actuator/gateway?cohort=5").join();

		assertThat(lines(output)).isEmpty();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("io.htgateway.audit")).toList();
	}

}
