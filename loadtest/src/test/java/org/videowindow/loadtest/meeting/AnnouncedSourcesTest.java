package org.videowindow.loadtest.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** Both forms in which a focus announces what others send. */
class AnnouncedSourcesTest {
    @Test
    void groupsOfElements() throws IOException {
        assertThat(AnnouncedSources.repeated(Stanza.read("""
                        <jingle action='source-add'><content name='video'><description media='video'>
                          <source ssrc='4000000000'/><source ssrc='7'/>
                          <ssrc-group semantics='SIM'><source ssrc='4000000000'/><source ssrc='8'/></ssrc-group>
                          <ssrc-group semantics='FID'><source ssrc='4000000000'/><source ssrc='7'/></ssrc-group>
                          <ssrc-group semantics='FID'><source ssrc='9'/></ssrc-group>
                        </description></content></jingle>
                        """))).containsExactly(new Encoding((int) 4_000_000_000L, 7));
    }

    @Test
    void compactLists() throws IOException {
        assertThat(AnnouncedSources.repeated(Stanza.read("""
                        <jingle action='session-initiate'><json-message xmlns='http://jitsi.org/jitmeet'>
                        {"sources":{"aaaa1111":[[{"s":1,"n":"aaaa1111-v0","m":"x"}],[["f",1,2],["s",1,3]],[]],
                                    "bbbb2222":[[],[],[{"s":4,"n":"bbbb2222-a0","m":"y"}]],
                                    "cccc3333":[[],[["f",4000000000,6]]]}}
                        </json-message></jingle>
                        """)))
                .containsExactlyInAnyOrder(new Encoding(1, 2), new Encoding((int) 4_000_000_000L, 6));
    }

    @Test
    void whatIsNoJsonIsSaid() throws IOException {
        Stanza broken = Stanza.read("<jingle><json-message>{</json-message></jingle>");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AnnouncedSources.repeated(broken))
                .withMessageContaining("no JSON");
    }
}
