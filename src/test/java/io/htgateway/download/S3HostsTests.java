package io.htgateway.download;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link S3Hosts}.
 */
class S3HostsTests {

	@ParameterizedTest
	@ValueSource(strings = { "s3.amazonaws.com", "bucket.s3.amazonaws.com", "s3.us-east-1.amazonaws.com",
			"bucket.s3.us-east-1.amazonaws.com", "bucket.s3.ap-southeast-4.amazonaws.com",
			"bucket.s3.us-gov-west-1.amazonaws.com", "bucket.s3.mx-central-1.amazonaws.com",
			"s3-eu-west-1.amazonaws.com", "bucket.s3-eu-west-1.amazonaws.com", "s3-us-gov-west-1.amazonaws.com",
			"bucket.s3-external-1.amazonaws.com", "bucket.s3.dualstack.eu-central-1.amazonaws.com",
			"s3.dualstack.us-west-2.amazonaws.com", "bucket.s3-fips.us-east-2.amazonaws.com",
			"bucket.s3-fips.dualstack.us-east-2.amazonaws.com", "s3-fips-us-gov-west-1.amazonaws.com",
			"bucket.s3-accelerate.amazonaws.com", "bucket.s3-accelerate.dualstack.amazonaws.com",
			"my.own.bucket.s3.eu-west-1.amazonaws.com", "evil.ec2.s3.eu-west-1.amazonaws.com", "0.s3.amazonaws.com",
			"bucket--x-s3.s3.us-east-1.amazonaws.com", "s3.cn-north-1.amazonaws.com.cn",
			"bucket.s3.cn-northwest-1.amazonaws.com.cn", "bucket.s3.dualstack.cn-north-1.amazonaws.com.cn" })
	void containsHostsOfBuckets(String name) {
		assertThat(S3Hosts.contains(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "amazonaws.com", "bucket.amazonaws.com", "ec2-203-0-113-1.compute-1.amazonaws.com",
			"ec2-203-0-113-1.eu-west-1.compute.amazonaws.com", "ip-10-0-0-1.ec2.internal",
			"name-123.us-east-1.elb.amazonaws.com", "name-123.elb.us-east-1.amazonaws.com",
			"s3.us-east-1.elb.amazonaws.com", "s3.elb.amazonaws.com", "s3-123.eu-west-1.elb.amazonaws.com",
			"abc.execute-api.us-east-1.amazonaws.com", "abc.lambda-url.us-east-1.on.aws", "ec2.us-east-1.amazonaws.com",
			"sts.amazonaws.com", "bucket.s3-website-us-east-1.amazonaws.com",
			"bucket.s3-website.eu-central-1.amazonaws.com", "s3-website.us-east-1.amazonaws.com",
			"123.s3-control.us-east-1.amazonaws.com", "s3-control-fips.us-east-1.amazonaws.com",
			"ap-123.s3-accesspoint.us-east-1.amazonaws.com", "ap-123.s3-object-lambda.us-east-1.amazonaws.com",
			"ap-123.op-1.s3-outposts.us-east-1.amazonaws.com", "alias.accesspoint.s3-global.amazonaws.com",
			"bucket.vpce-1.s3.us-east-1.vpce.amazonaws.com", "s3tables.us-east-1.amazonaws.com",
			"bucket.s3express-use1-az4.us-east-1.amazonaws.com", "d111.cloudfront.net", "es.us-east-1.amazonaws.com",
			"evils3.amazonaws.com", "bucket.evil-s3.amazonaws.com", "s3.evil.amazonaws.com", "s3-evil.amazonaws.com",
			"s3.us-east-1.evil.amazonaws.com", "s3.us-east-1.amazonaws.com.evil.com", "s3.amazonaws.com.cn",
			"s3.us-east-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com", "bucket.s3.amazonaws.com.",
			".s3.amazonaws.com", "a..s3.amazonaws.com", "-.s3.amazonaws.com", "*.s3.amazonaws.com", "s3.amazonaws.co",
			"s3-us-east-1xamazonaws.com", "s3.amazonawsxcom", "s3.us-east-1.s3.amazonaws.com.evil", "s3", "" })
	void containsNoOtherHosts(String name) {
		assertThat(S3Hosts.contains(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 300, 30_000 })
	void containsNoNameThatIsTooLong(int length) {
		assertThat(S3Hosts.contains("a.".repeat(length) + "s3.amazonaws.com")).isFalse();
	}

}
