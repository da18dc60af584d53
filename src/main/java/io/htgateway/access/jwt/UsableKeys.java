package io.htgateway.access.jwt;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set that can verify signatures. Each key is read separately, so that
 * an unusable one is ignored and the others stay in use (RFC 7517 5).
 */
final class UsableKeys {

	/**
	 * Smallest size of RSA keys, in bits (RFC 7518 3.3 and 3.5).
	 */
	private static final int MIN_RSA_BITS = 2048;

	private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

	private final List<JWK> keys = new ArrayList<>();

	private final SortedMap<String, Integer> ignored = new TreeMap<>();

	private final int size;

	private UsableKeys(List<?> all) {
		this.size = all.size();
		for (Object key : all) {
			String reason = add(key);
			if (reason != null) {
				ignored.merge(reason, 1, Integer::sum);
			}
		}
	}

	/**
	 * Reads the usable keys of the given JSON. Returns nothing for an issuer's metadata,
	 * which has no keys but their URL (RFC 8414 3, OpenID Connect Discovery 4). The path
	 * does not distinguish the two, since some issuers serve their keys below the path of
	 * their metadata.
	 * @throws UnusableKeySetException if the text is neither
	 */
	static Optional<UsableKeys> find(String text) {
		Map<String, Object> members = parse(text);
		if (members.get("keys") instanceof List<?> all) {
			return Optional.of(new UsableKeys(all));
		}
		if (members.get("jwks_uri") instanceof String) {
			return Optional.empty();
		}
		throw new UnusableKeySetException("no list of keys");
	}

	private static Map<String, Object> parse(String text) {
		try {
			return JSONObjectUtils.parse(text);
		}
		catch (ParseException bad) {
			throw new UnusableKeySetException("not JSON");
		}
	}

	/**
	 * Returns the number of all keys in the set.
	 */
	int size() {
		return size;
	}

	/**
	 * Returns the number of unusable keys by reason. Keys for other purposes than
	 * signatures do not count.
	 */
	Map<String, Integer> ignored() {
		return ignored;
	}

	/**
	 * Returns the usable keys as a JWK set in JSON.
	 * @throws UnusableKeySetException if no key is usable
	 */
	String json() {
		if (keys.isEmpty()) {
			throw new UnusableKeySetException("no usable key");
		}
		return new JWKSet(keys).toString();
	}

	// Returns why the key is unusable, or null after adding it. Does not return the
	// parser's message, which may contain a part of the key.
	private @Nullable String add(@Nullable Object key) {
		if (!(key instanceof Map<?, ?> members)) {
			return "no-object";
		}
		if (!(members.get("kty") instanceof String type)) {
			return "no-kty";
		}
		if (type.equals(KeyType.OCT.getValue())) {
			return "symmetric";
		}
		if (!type.equals(KeyType.RSA.getValue()) && !type.equals(KeyType.EC.getValue())) {
			return "unsupported";
		}
		try {
			Map<String, Object> copy = new HashMap<>();
			members.forEach((name, value) -> copy.put(String.valueOf(name), value));
			return add(JWK.parse(copy));
		}
		catch (ParseException | JOSEException | RuntimeException bad) {
			return "malformed";
		}
	}

	private @Nullable String add(JWK key) throws JOSEException {
		if (key instanceof ECKey ec) {
			if (!CURVES.contains(ec.getCurve())) {
				return "unsupported";
			}
			ec.toECPublicKey();
		}
		if (key instanceof RSAKey rsa && rsa.toRSAPublicKey().getModulus().bitLength() < MIN_RSA_BITS) {
			return "too-short";
		}
		if (isForSignatures(key)) {
			keys.add(key.toPublicJWK());
		}
		return null;
	}

	private static boolean isForSignatures(JWK key) {
		boolean use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
		boolean operations = key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
		boolean algorithm = key.getAlgorithm() == null
				|| JWSAlgorithm.Family.SIGNATURE.contains(JWSAlgorithm.parse(key.getAlgorithm().getName()));
		return use && operations && algorithm;
	}

}
