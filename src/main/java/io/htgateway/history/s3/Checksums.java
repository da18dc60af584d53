package io.htgateway.history.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculationResolver;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidationResolver;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * Checksums of requests and responses: by default only those that the API requires,
 * because many stores outside AWS reject others. The settings of the AWS SDK enable more.
 */
final class Checksums {

	private Checksums() {
	}

	/**
	 * Returns the value of {@code AWS_REQUEST_CHECKSUM_CALCULATION} or of the profile.
	 */
	static RequestChecksumCalculation ofRequests() {
		return RequestChecksumCalculationResolver.create()
			.profileFile(ProfileFile::defaultProfileFile)
			.profileName(profile())
			.defaultChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.resolve();
	}

	/**
	 * Returns the value of {@code AWS_RESPONSE_CHECKSUM_VALIDATION} or of the profile.
	 */
	static ResponseChecksumValidation ofResponses() {
		return ResponseChecksumValidationResolver.create()
			.profileFile(ProfileFile::defaultProfileFile)
			.profileName(profile())
			.defaultChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.resolve();
	}

	private static String profile() {
		return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
	}

}
