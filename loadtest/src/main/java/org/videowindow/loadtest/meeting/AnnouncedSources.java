package org.videowindow.loadtest.meeting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.videowindow.loadtest.sfu.Source.Encoding;

/**
 * Reads which SSRCs repeat which from what the focus announces of others: {@code ssrc-group} elements with the semantics
 * FID (RFC 5576, XEP-0339), or lists {@code ["f", ssrc, repetitions]} in its compact JSON.
 */
final class AnnouncedSources {
    private static final JsonMapper JSON = new JsonMapper();

    private AnnouncedSources() {}

    /** @throws IOException when what should be JSON is none, in one sentence */
    static List<Encoding> repeated(Stanza jingle) throws IOException {
        List<Encoding> pairs = new ArrayList<>();
        jingle.all("content")
                .flatMap(content -> content.all("description"))
                .flatMap(description -> description.all("ssrc-group"))
                .filter(group -> group.attribute("semantics").equals("FID"))
                .map(group -> group.all("source")
                        .map(source -> source.attribute("ssrc"))
                        .toList())
                .filter(ssrcs -> ssrcs.size() == 2)
                .forEach(ssrcs -> pairs.add(new Encoding(
                        Integer.parseUnsignedInt(ssrcs.getFirst()), Integer.parseUnsignedInt(ssrcs.getLast()))));
        for (Stanza message : jingle.all("json-message").toList()) {
            try {
                for (JsonNode owner : JSON.readTree(message.text()).path("sources")) {
                    for (JsonNode group : owner.path(1)) {
                        if (group.path(0).asText().equals("f") && group.size() == 3) {
                            pairs.add(new Encoding((int) group.path(1).asLong(), (int)
                                    group.path(2).asLong()));
                        }
                    }
                }
            } catch (JsonProcessingException e) {
                throw new IOException("The focus announces sources in something that is no JSON.", e);
            }
        }
        return pairs;
    }
}
