package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.Element;
import org.junit.jupiter.api.Test;

/** XMPP over WebSocket as browsers need it (RFC 7395; XEP-0198, XEP-0199). */
class FramingIT {
    private final ShardProcess shard = ShardProcess.get();

    @Test
    void firstFrameIsOpenAndFeaturesCarryTheirNamespace() {
        try (Browser browser = Browser.dial(shard, "?room=a&token=b&previd=c&unknown=d")) {
            browser.open();
            assertThat(browser.frames().get(0)).startsWith("<open ");
            Element open = Browser.parse(browser.frames().get(0));
            assertThat(open.getNamespaceURI()).isEqualTo("urn:ietf:params:xml:ns:xmpp-framing");
            assertThat(open.attributeValue("version")).isEqualTo("1.0");
            Element features = Browser.parse(browser.frames().get(1));
            assertThat(features.getName()).isEqualTo("features");
            assertThat(features.getNamespaceURI()).isEqualTo("http://etherx.jabber.org/streams");
        }
    }

    @Test
    void pingOfTheDomainIsAnswered() {
        try (Browser browser = Browser.connect(shard, shard.portal.member("framing", "Ada"))) {
            Element pong = browser.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN);
            assertThat(pong.attributeValue("type")).isEqualTo("result");
        }
    }

    @Test
    void streamManagementIsEnabledAtOnceAndResumable() {
        try (Browser browser = Browser.connect(shard, shard.portal.member("framing", "Ada"))) {
            browser.send("<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
            Element enabled = browser.stanza(e -> "enabled".equals(e.getName()), "enabled");
            assertThat(enabled.attributeValue("resume")).isEqualTo("true");
            assertThat(enabled.attributeValue("id")).isNotEmpty();
        }
    }

    @Test
    void malformedFramesEndNothingButThemselves() throws Exception {
        try (Browser other = Browser.connect(shard, shard.portal.member("framing", "Ada"));
                Browser browser = Browser.connect(shard, shard.portal.member("framing", "Eve"))) {
            browser.send("<presence");
            browser.send("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><message><body>&a;</body></message>");
            browser.send("<a>".repeat(20_000));
            assertThat(other.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN)
                            .attributeValue("type"))
                    .isEqualTo("result");
            assertThat(shard.http("/about/health")).startsWith("200");
        }
    }
}
