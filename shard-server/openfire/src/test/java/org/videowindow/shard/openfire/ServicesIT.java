package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;

/** What the domain announces (XEP-0030, XEP-0215). */
class ServicesIT {
    private final ShardProcess shard = ShardProcess.get();

    @Test
    void domainNamesItsServices() {
        try (Browser browser = Browser.connect(shard, shard.portal.member("services", "Ada"))) {
            Element answer =
                    browser.ask("<query xmlns='http://jabber.org/protocol/disco#info'/>", "get", ShardProcess.DOMAIN);
            List<String> identities = answer.element("query").elements("identity").stream()
                    .map(i -> i.attributeValue("category") + "/" + i.attributeValue("type") + "/"
                            + i.attributeValue("name"))
                    .toList();
            assertThat(identities)
                    .contains("component/end_conference/endconference." + ShardProcess.DOMAIN, "server/shard/shard-1");
            assertThat(answer.asXML()).contains("urn:xmpp:extdisco:2");
        }
    }

    @Test
    void turnCredentialsAreMadeForTheOneWhoAsks() throws Exception {
        for (String namespace : new String[] {"urn:xmpp:extdisco:2", "urn:xmpp:extdisco:1"}) {
            try (Browser browser = Browser.connect(shard, shard.portal.member("services", "Ada"))) {
                Element answer = browser.ask("<services xmlns='" + namespace + "'/>", "get", ShardProcess.DOMAIN);
                List<Element> services = answer.element("services").elements("service");
                assertThat(services).hasSize(2);
                assertThat(services.get(0).attributeValue("type")).isEqualTo("stun");
                assertThat(services.get(0).attribute("password")).isNull();
                Element turns = services.get(1);
                assertThat(turns.attributeValue("transport")).isEqualTo("tcp");
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(ShardProcess.TURN_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
                String expected = Base64.getEncoder()
                        .encodeToString(
                                mac.doFinal(turns.attributeValue("username").getBytes(StandardCharsets.UTF_8)));
                assertThat(turns.attributeValue("password")).isEqualTo(expected);
                assertThat(turns.attributeValue("username")).matches("[0-9]{10}:[0-9a-f-]{36}");
            }
        }
    }

    @Test
    void clientStartsAsLibJitsiMeetDoes() {
        try (Browser browser = Browser.connect(shard, shard.portal.member("services", "Ada"))) {
            for (String query : new String[] {
                "<ping xmlns='urn:xmpp:ping'/>",
                "<query xmlns='jabber:iq:roster'/>",
                "<query xmlns='jabber:iq:version'/>"
            }) {
                assertThat(browser.ask(query, "get", null).attributeValue("type"))
                        .as(query)
                        .isNotNull();
            }
            assertThat(browser.ask("<session xmlns='urn:ietf:params:xml:ns:xmpp-session'/>", "set", null)
                            .attributeValue("type"))
                    .isEqualTo("result");
        }
    }
}
