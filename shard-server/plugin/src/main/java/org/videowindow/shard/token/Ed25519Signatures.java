package org.videowindow.shard.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/** Checks Ed25519 signatures (RFC 8037) with what the JDK brings, so that the plugin needs no further library. */
final class Ed25519Signatures implements JWSVerifier {
    private static final int KEY_BYTES = 32;

    private final JCAContext context = new JCAContext();
    private final PublicKey key;

    Ed25519Signatures(OctetKeyPair jwk) throws JOSEException {
        byte[] bytes = jwk.getX().decode();
        if (bytes.length != KEY_BYTES) {
            throw new JOSEException("An Ed25519 key has 32 bytes");
        }
        // RFC 8032, 5.1.2: y little endian in 255 bits, then one bit for the sign of x.
        boolean xOdd = (bytes[KEY_BYTES - 1] & 0x80) != 0;
        byte[] y = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            y[i] = bytes[KEY_BYTES - 1 - i];
        }
        y[0] &= 0x7f;
        try {
            key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new EdECPublicKeySpec(
                            NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, y))));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Not an Ed25519 key", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
