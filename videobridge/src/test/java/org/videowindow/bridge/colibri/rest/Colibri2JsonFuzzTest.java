package org.videowindow.bridge.colibri.rest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.videowindow.bridge.colibri.Admission;
import org.videowindow.bridge.colibri.ChannelAddress;
import org.videowindow.bridge.colibri.Colibri2Handler;
import org.videowindow.bridge.colibri.ColibriCounters;
import org.videowindow.bridge.colibri.MemoryConferences;
import org.videowindow.bridge.colibri.Stanzas;

/** Any body of a REST request: there is an answer with a status that fits. */
class Colibri2JsonFuzzTest {
    private static final Set<Integer> STATUS = Set.of(200, 400, 404, 409, 501, 503);

    static {
        Stanzas.resource("create.xml");
    }

    @FuzzTest(maxDuration = "5s")
    void anyBodyIsAnswered(byte[] data) {
        String body = new String(data, StandardCharsets.UTF_8);
        MemoryConferences conferences = new MemoryConferences();
        Colibri2Handler handler = new Colibri2Handler(
                conferences, new ChannelAddress("wss://x", "b"), new Admission(), new ColibriCounters());
        ConferencesResource resource = new ConferencesResource(conferences, handler);
        HttpAnswer created = resource.post(body);
        if (created.status() >= 400 && !conferences.list().isEmpty()) {
            throw new AssertionError("refused, but a conference is left");
        }
        for (HttpAnswer answer : new HttpAnswer[] {created, resource.patch("m", body)}) {
            if (!STATUS.contains(answer.status())) {
                throw new AssertionError(answer);
            }
        }
    }
}
