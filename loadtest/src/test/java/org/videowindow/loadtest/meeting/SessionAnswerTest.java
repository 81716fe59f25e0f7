package org.videowindow.loadtest.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.endpoint.Participant;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** What a session is accepted with. */
class SessionAnswerTest {
    private static final String OFFER = """
            <jingle action='session-initiate' sid='s1'>
              <content name='audio'><description media='audio'><payload-type id='111' name='opus'/></description></content>
              <content name='video'><description media='video'><payload-type id='100' name='VP8'/>
                <payload-type id='96' name='rtx'><parameter name='apt' value='100'/></payload-type></description>
                <transport ufrag='u' pwd='p'><fingerprint>AA:BB</fingerprint>
                  <web-socket url='wss://host/colibri-ws/b1/m/e?pwd=x'/>
                  <candidate ip='127.0.0.1' port='10000' protocol='udp'/>
                  <candidate ip='::1' port='10000' protocol='udp'/>
                  <candidate ip='127.0.0.1' port='443' protocol='ssltcp'/></transport></content>
            </jingle>
            """;

    @Test
    void anOfferIsReadWithItsBridgeChannel() throws IOException {
        SessionOffer offer = SessionOffer.read(Stanza.read(OFFER));
        assertThat(offer.channel()).contains("wss://host/colibri-ws/b1/m/e?pwd=x");
        assertThat(offer.remote().candidates()).hasSize(1);
        assertThat(offer.format(Codec.VP8).repeatType()).isEqualTo(96);
    }

    @Test
    void simulcastIsAnnouncedByGroups() throws IOException {
        Source source = new Source(1, List.of(new Encoding(10, 11), new Encoding(20, 21), new Encoding(30, 31)));
        Stanza answer = answer(new Sent("x", Codec.VP8, source, false));
        Stanza video = description(answer, "video");
        assertThat(video.all("source").map(one -> one.attribute("ssrc")))
                .containsExactly("10", "11", "20", "21", "30", "31");
        assertThat(video.all("ssrc-group")
                        .map(group -> group.attribute("semantics")
                                + group.all("source")
                                        .map(one -> one.attribute("ssrc"))
                                        .toList()))
                .containsExactly("SIM[10, 20, 30]", "FID[10, 11]", "FID[20, 21]", "FID[30, 31]");
        assertThat(description(answer, "audio").all("source").map(one -> one.attribute("name")))
                .containsExactly("aaaa1111-a0");
    }

    @Test
    void whoOnlyReceivesAnnouncesNothing() throws IOException {
        Sent sent = new Sent("x", Codec.VP8, Source.NONE, false);
        Stanza answer = answer(sent);
        assertThat(description(answer, "video").all("source")).isEmpty();
        assertThat(description(answer, "video").all("ssrc-group")).isEmpty();
        assertThat(description(answer, "audio").all("source")).isEmpty();
        assertThat(sent.info("aaaa1111")).isEqualTo("{}");
    }

    private static Stanza answer(Sent sent) throws IOException {
        SessionOffer offer = SessionOffer.read(Stanza.read(OFFER));
        try (Engine engine = Engine.start(true)) {
            Participant participant = engine.join("aaaa1111", offer.format(Codec.VP8), true);
            String jingle = SessionAnswer.accept(
                    offer, "room/focus", "user@host/x", participant, "aaaa1111", engine.fingerprint(), sent);
            return Stanza.read(jingle);
        }
    }

    private static Stanza description(Stanza jingle, String media) {
        return jingle.all("content")
                .flatMap(content -> content.all("description"))
                .filter(description -> description.attribute("media").equals(media))
                .findFirst()
                .orElseThrow();
    }
}
