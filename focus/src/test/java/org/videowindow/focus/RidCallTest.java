package org.videowindow.focus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.focus.lab.FakeBridge;
import org.videowindow.focus.lab.FakeClient;
import org.videowindow.focus.lab.FocusLab;

/** A participant whose camera has stream ids and no SSRCs: the bridge is told the ids, and the others an SSRC. */
class RidCallTest {
    private static final String SSMA = " xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'";

    private FocusLab lab;
    private FakeBridge bridge;
    private FakeClient ann;
    private FakeClient cid;

    @BeforeEach
    void start() {
        lab = new FocusLab();
        bridge = lab.bridge("bridge-1");
        ann = lab.client("aaaaaaaa");
        cid = lab.newClient("cccccccc").accepts(false).join();
        lab.settle();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    private static String camera(String name, String... rids) {
        StringBuilder out = new StringBuilder();
        StringBuilder members = new StringBuilder();
        for (String rid : rids) {
            out.append("<source" + SSMA + " rid='" + rid + "' name='" + name + "'><parameter name='msid' value='" + name
                    + " t'/><parameter name='mid' value='1'/></source>");
            members.insert(0, "<source rid='" + rid + "'/>");
        }
        return out + "<rid-group" + SSMA + " semantics='SIM'>" + members + "</rid-group>";
    }

    private void accept() {
        cid.jingle("session-accept", cid.contents("", camera("cccccccc-v0", "hi", "mid", "lo")));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("result");
    }

    @Test
    void theOthersAreToldAnSsrcAndTheBridgeTheIdsFromTheSmallestOn() {
        accept();
        assertThat(ann.sees()).contains("cccccccc-v0");
        assertThat(bridge.conference().get("cccccccc").ssrcs()).hasSize(2).doesNotHaveDuplicates();
        String asked = bridge.requests().getLast().toString();
        assertThat(asked).contains("rid-group").contains("name='mid'");
        assertThat(asked.indexOf("rid='lo'"))
                .isPositive()
                .isLessThan(asked.indexOf("rid='mid'"))
                .isLessThan(asked.indexOf("rid='hi'"));
    }

    @Test
    void whatIsTakenBackByItsIdsIsGone() {
        accept();
        cid.jingle("source-remove", cid.contents("", camera("cccccccc-v0", "hi")));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("result");
        assertThat(ann.sees()).contains("cccccccc-v0");
        assertThat(bridge.requests().getLast().toString()).doesNotContain("rid='hi'");
        cid.jingle("source-remove", cid.contents("", camera("cccccccc-v0", "lo", "mid")));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("result");
        assertThat(ann.sees()).doesNotContain("cccccccc-v0");
        assertThat(bridge.conference().get("cccccccc").ssrcs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "source-add, aaaaaaaa-v1, x, bad-request",
        "source-add, cccccccc-v0, x, bad-request",
        "source-add, cccccccc-v1, hi, bad-request",
        "source-add, cccccccc-v1, a b, bad-request",
        "source-remove, aaaaaaaa-v0, hi, bad-request",
        "source-remove, cccccccc-v0, x, bad-request"
    })
    void whatIsRefusedChangesNothing(String action, String name, String rid, String outcome) {
        accept();
        int before = bridge.requests().size();
        cid.jingle(action, cid.contents("", camera(name, rid)));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo(outcome);
        assertThat(bridge.requests()).hasSize(before);
        assertThat(ann.sees()).contains("cccccccc-v0").doesNotContain("cccccccc-v1");
    }

    @Test
    void moreIdsThanTheBridgeTellsApartAreRefused() {
        cid.jingle("session-accept", cid.contents("", camera("cccccccc-v0", "1", "2", "3", "4")));
        lab.settle();
        assertThat(cid.lastOutcome()).isEqualTo("resource-constraint");
        accept();
    }
}
