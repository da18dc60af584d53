package io.htgateway.download.response;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link StoreRefusal}.
 */
class StoreRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | ExpiredToken          | x                            | LinkExpired
			403 | ExpiredToken          | x                            | LinkExpired
			400 | TokenRefreshRequired  | x                            | LinkExpired
			403 | AccessDenied          | Request has expired          | LinkExpired
			403 | AccessDenied          | REQUEST HAS EXPIRED          | LinkExpired
			403 | ExpiredRequest        | x                            | LinkExpired
			404 | ExpiredToken          | x                            | NotFound
			500 | ExpiredToken          | x                            | Failed
			403 | AccessDenied          | Access Denied                | NotFound
			404 | NoSuchKey             | x                            | NotFound
			403 | NoSuchKey             | x                            | NotFound
			400 | NoSuchKey             | x                            | Failed
			404 | NoSuchBucket          | x                            | Failed
			404 | x                     | x                            | NotFound
			410 | NoSuchKey             | x                            | Failed
			403 | InvalidAccessKeyId    | expired                      | Failed
			403 | SignatureDoesNotMatch | Request has expired          | Failed
			400 | AccessDenied          | Access Denied                | Failed
			403 | accessdenied          | Request has expired          | Failed
			503 | SlowDown              | x                            | SlowDown
			429 | TooManyRequests       | x                            | SlowDown
			200 | SlowDown              | x                            | Failed
			403 | SlowDown              | x                            | Failed
			503 | ServiceUnavailable    | x                            | Failed
			""")
	void failureDependsOnStatusAndCode(int status, String code, String message, String failure) {
		DownloadException meaning = new StoreRefusal(code, message).failure(status, Optional.empty());

		assertThat(meaning.getClass().getSimpleName()).isEqualTo(failure);
		assertThat(meaning).hasNoCause().hasMessageNotContaining("has expired.");
	}

	@ParameterizedTest
	@CsvSource({ "503, SlowDown", "503, ''", "429, canary", "503, ServiceUnavailable" })
	void failureOfAnOverloadedStoreHasTheTimeThatItAskedFor(int status, String code) {
		DownloadException failure = new StoreRefusal(code, "").failure(status, Optional.of(Duration.ofSeconds(7)));

		assertThat(failure)
			.isInstanceOfSatisfying(DownloadException.SlowDown.class,
					(slowDown) -> assertThat(slowDown.retryAfter()).isEqualTo(Duration.ofSeconds(7)))
			.hasMessageNotContaining("canary");
	}

	@Test
	void failureWhenCodeIsUnknownDoesNotShowIt() {
		for (int status : new int[] { 400, 403, 404, 500 }) {
			assertThat(new StoreRefusal("canary", "canary").failure(status, Optional.empty()))
				.hasMessageNotContaining("canary")
				.hasMessageEndingWith("answered " + status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<Error><Code>SlowDown</Code></Error>",
			"\r\n <?xml version='1.0'?><Error><Code>SlowDown</Code></Error>", "<Error><Code> SlowDown\n</Code></Error>",
			"<Error><Code><![CDATA[SlowDown]]></Code></Error>", "<Error><Code>Slow<!-- x -->Down</Code></Error>",
			"<Error><Code>Slow&#68;own</Code></Error>", "<a:Error xmlns:a='b'><a:Code>SlowDown</a:Code></a:Error>",
			"<Error a='b'><RequestId>1</RequestId><Code>SlowDown</Code>", "<Error><Code>SlowDown</Code><Message>cut o",
			"<Error><Code>SlowDown</Code><<", "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><Error>"
					+ "<Code>SlowDown</Code><Code>ExpiredToken</Code></Error>" })
	void readFindsCode(String xml) {
		assertThat(read(xml).code()).isEqualTo("SlowDown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "<", "x", "<Error/>", "<Error><Code/></Error>", "<Error><Code>SlowDown",
			"<Errors><Code>SlowDown</Code></Errors>", "<Code>SlowDown</Code>", "<html><Code>SlowDown</Code></html>",
			"<Error><code>SlowDown</code></Error>", "<Error><A><Code>SlowDown</Code></A></Error>",
			"<Error><Code><A>SlowDown</A></Code></Error>", "<!DOCTYPE Error><Error><Code>SlowDown</Code></Error>",
			"<!DOCTYPE a [<!ENTITY b 'SlowDown'>]><Error><Code>&b;</Code></Error>",
			"<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x'><Error><Code>SlowDown</Code></Error>",
			"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><Error><Code>&b;</Code></Error>",
			"<Error><Code>&b;</Code></Error>",
			"<?xml version='1.0' encoding='nonsense'?><Error><Code>a</Code></Error>" })
	void readWhenThereIsNoReadableCodeIsEmpty(String xml) {
		assertThat(read(xml).code()).isEmpty();
	}

	@Test
	void readWhenEntitiesMultiplyIsEmpty() {
		StringBuilder bomb = new StringBuilder("<!DOCTYPE Error [<!ENTITY a0 'SlowDown'>");
		for (int level = 1; level < 30; level++) {
			bomb.append("<!ENTITY a%d '%s'>".formatted(level, "&a%d;".formatted(level - 1).repeat(10)));
		}
		bomb.append("]><Error><Code>&a29;</Code></Error>");

		assertThat(read(bomb.toString()).code()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_000, 16_000 })
	void readWhenTextIsLongOrDeepIsBounded(int size) {
		assertThat(read("<Error><Code>" + "a".repeat(size) + "</Code></Error>").failure(403, Optional.empty()))
			.hasMessage("the object store answered 403");
		assertThat(read("<Error>".repeat(size)).code()).isEmpty();
	}

	private static StoreRefusal read(String xml) {
		return StoreRefusal.read(xml.getBytes(StandardCharsets.UTF_8));
	}

}
