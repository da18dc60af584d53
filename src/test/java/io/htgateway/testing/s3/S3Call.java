package io.htgateway.testing.s3;

/**
 * Kind of a request to an S3 server.
 */
public enum S3Call {

	LIST, READ, WRITE, REMOVE, OTHER;

	static S3Call of(String method, String target) {
		return switch (method) {
			case "GET" -> target.contains("list-type=2") ? LIST : READ;
			case "PUT" -> WRITE;
			case "POST" -> target.contains("?delete") ? REMOVE : OTHER;
			case "DELETE" -> REMOVE;
			default -> OTHER;
		};
	}

}
