package org.videowindow.shard.token;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.Base64URL;

/** No token, whatever is in it, does anything but be refused or taken. */
class TokenFuzzTest {
    private static final String TAKEN = Tokens.es256(Tokens.claims().build());

    @FuzzTest(maxDuration = "5s")
    void anyTextIsRefusedOrTaken(FuzzedDataProvider data) {
        String account = data.consumeString(64);
        switch (data.consumeInt(0, 2)) {
            case 0 -> verify(account, data.consumeRemainingAsString());
            case 1 ->
                verify(
                        account,
                        Base64URL.encode(data.consumeString(400)) + "."
                                + Base64URL.encode(data.consumeRemainingAsString()) + ".AAAA");
            default -> {
                // A good token with one character changed is never taken.
                int at = data.consumeInt(0, TAKEN.length() - 1);
                char other = (char) data.consumeInt(33, 126);
                String changed = TAKEN.substring(0, at) + other + TAKEN.substring(at + 1);
                if (verify(Tokens.ACCOUNT, changed) && !equivalent(changed)) {
                    throw new AssertionError("taken: " + changed);
                }
            }
        }
    }

    /** The last character of base64 carries spare bits, so another text can stand for the same bytes. */
    private static boolean equivalent(String token) {
        String[] ours = TAKEN.split("\\.");
        String[] theirs = token.split("\\.");
        for (int i = 0; i < ours.length; i++) {
            if (theirs.length != ours.length
                    || !java.util.Arrays.equals(new Base64URL(ours[i]).decode(), new Base64URL(theirs[i]).decode())) {
                return false;
            }
        }
        return true;
    }

    private static boolean verify(String account, String token) {
        return Tokens.refusal(account, token).isEmpty();
    }
}
