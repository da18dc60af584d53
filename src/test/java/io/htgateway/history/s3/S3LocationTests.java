package io.htgateway.history.s3;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that locations are parsed, and that the message for an invalid one says why.
 */
class S3LocationTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
			s3://bucket|bucket|""|s3://bucket
			s3://bucket/|bucket|""|s3://bucket
			s3://bucket/prefix|bucket|prefix/|s3://bucket/prefix
			s3://bucket/prefix/|bucket|prefix/|s3://bucket/prefix
			s3://my.bucket-2.eu/a/B_c/d:e~f=1+2|my.bucket-2.eu|a/B_c/d:e~f=1+2/|s3://my.bucket-2.eu/a/B_c/d:e~f=1+2
			s3://abc/.hidden/a..b|abc|.hidden/a..b/|s3://abc/.hidden/a..b
			""")
	void locationHasBucketAndPrefix(String text, String bucket, String prefix, String shown) {
		S3Location location = S3Location.parse(text);

		assertThat(location).isEqualTo(new S3Location(bucket, prefix));
		assertThat(location).hasToString(shown);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
			""|does not begin with s3://
			/data/history|does not begin with s3://
			S3://bucket|does not begin with s3://
			s3:bucket|does not begin with s3://
			https://bucket.s3.amazonaws.com|does not begin with s3://
			s3://|has no bucket
			s3:///prefix|has no bucket
			s3://ab/prefix|no valid name of a bucket
			s3://Bucket|no valid name of a bucket
			s3://my_bucket|no valid name of a bucket
			s3://-bucket|no valid name of a bucket
			s3://bucket-|no valid name of a bucket
			s3://bu..cket|no valid name of a bucket
			s3://.bucket|no valid name of a bucket
			s3://bucket.|no valid name of a bucket
			s3://bucket:9000/prefix|no valid name of a bucket
			s3://AKIA-hidden:hidden@bucket|contains an @
			s3://bucket/prefix?region=hidden|contains a ? or #
			s3://bucket/prefix#hidden|contains a ? or #
			s3://bucket//prefix|two slashes in a row
			s3://bucket/prefix//|two slashes in a row
			s3://bucket/a//b|two slashes in a row
			s3://bucket/../b|is . or ..
			s3://bucket/a/./b|is . or ..
			s3://bucket/a/..|is . or ..
			s3://bucket/a b|other characters than
			s3://bucket/a%2Fb|other characters than
			s3://bucket/ä|other characters than
			""")
	void wrongLocationIsRefusedWithTheReason(String text, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> S3Location.parse(text))
			.withMessageContaining(reason)
			.withMessageContaining("right is s3://bucket or s3://bucket/prefix")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("hidden"));
	}

	@Test
	void longNamesAreRefused() {
		assertThat(S3Location.parse("s3://" + "b".repeat(63)).bucket()).hasSize(63);
		assertThat(S3Location.parse("s3://bucket/" + "p".repeat(399)).prefix()).hasSize(400);

		assertThatIllegalArgumentException().isThrownBy(() -> S3Location.parse("s3://" + "b".repeat(64)))
			.withMessageContaining("3 to 63");
		assertThatIllegalArgumentException().isThrownBy(() -> S3Location.parse("s3://bucket/" + "p".repeat(400)))
			.withMessageContaining("more than 400");
	}

}
