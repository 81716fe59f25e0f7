package org.videowindow.focus.media;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.videowindow.focus.xmpp.DiscoInfo;

/**
 * Features of kinds of clients by their capabilities hash (XEP-0115), so that most participants need not be asked. Only
 * what fits its hash is kept: nobody can put words into the mouth of other clients. Shared by all conferences.
 */
public final class KnownFeatures {
    /** Kinds of clients that are kept; those not seen for longest go first. */
    private static final int MOST = 1_000;

    private final Map<String, ClientFeatures> byHash = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClientFeatures> eldest) {
            return size() > MOST;
        }
    };

    /** The features of clients with this hash, if one has told them. */
    public synchronized Optional<ClientFeatures> of(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** A client with this hash has said this of itself. */
    public ClientFeatures learn(String hash, DiscoInfo info) {
        ClientFeatures features = ClientFeatures.of(info.features());
        if (info.plain() && info.hash().equals(hash)) {
            synchronized (this) {
                byHash.put(hash, features);
            }
        }
        return features;
    }
}
