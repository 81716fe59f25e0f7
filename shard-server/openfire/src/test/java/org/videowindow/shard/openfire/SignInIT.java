package org.videowindow.shard.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;

/** Who gets in and who does not. */
@SuppressWarnings("JavaUtilDate") // the JWT library speaks in Dates
class SignInIT {
    private static final String REFUSED = "<failure xmlns=\"urn:ietf:params:xml:ns:xmpp-sasl\">";

    private final ShardProcess shard = ShardProcess.get();

    private void assertRefused(String account, String token) {
        try (Browser browser = Browser.dial(shard, "")) {
            browser.open();
            browser.authenticate(account, token);
            assertThat(browser.expect(f -> f.startsWith("<failure") || f.startsWith("<success"), "outcome"))
                    .startsWith(REFUSED);
        }
    }

    @Test
    void tokenOfThePortalSignsIn() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Ada");
        try (Browser browser = Browser.connect(shard, ticket)) {
            assertThat(browser.address()).startsWith(ticket.account() + "@" + ShardProcess.DOMAIN + "/");
        }
    }

    @Test
    void expiredTokenIsRefused() {
        String account = UUID.randomUUID().toString();
        assertRefused(
                account,
                shard.portal.sign(Portal.claims(account, "sign-in", "Ada", false)
                        .expirationTime(Date.from(Instant.now().minusSeconds(60)))
                        .build()));
    }

    @Test
    void tokenForAnotherAudienceIsRefused() {
        String account = UUID.randomUUID().toString();
        assertRefused(
                account,
                shard.portal.sign(Portal.claims(account, "sign-in", "Ada", false)
                        .audience("somebody-else")
                        .build()));
    }

    @Test
    void tokenOfAForeignKeyIsRefused() {
        Portal stranger = new Portal();
        Portal.Ticket ticket = stranger.owner("sign-in", "Eve");
        stranger.stop();
        assertRefused(ticket.account(), ticket.token());
    }

    @Test
    void unsignedTokenIsRefused() {
        String account = UUID.randomUUID().toString();
        JWTClaimsSet claims = Portal.claims(account, "sign-in", "Eve", true).build();
        assertRefused(account, new PlainJWT(claims).serialize());
    }

    @Test
    void symmetricTokenIsRefused() throws Exception {
        String account = UUID.randomUUID().toString();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test-key").build(),
                Portal.claims(account, "sign-in", "Eve", true).build());
        jwt.sign(new MACSigner(shard.portal.publicKeyText().getBytes(StandardCharsets.UTF_8)));
        assertRefused(account, jwt.serialize());
    }

    @Test
    void tokenUnderAnotherNameIsRefused() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Ada");
        assertRefused(UUID.randomUUID().toString(), ticket.token());
        assertRefused("focus", ticket.token());
    }

    @Test
    void tokenDoesNotMakeAServiceByAuthorizationIdentity() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Eve");
        try (Browser browser = Browser.dial(shard, "")) {
            browser.open();
            browser.authenticate("focus", ticket.account(), ticket.token());
            assertThat(browser.expect(f -> f.startsWith("<failure") || f.startsWith("<success"), "outcome"))
                    .startsWith(REFUSED);
        }
    }

    @Test
    void servicePasswordIsWorthNothingOnTheWebSocket() {
        try (Browser browser = Browser.dial(shard, "")) {
            browser.open();
            browser.authenticate("focus", ShardProcess.FOCUS_PASSWORD);
            browser.expect(f -> f.startsWith("<success"), "success");
            browser.open();
            browser.send("<iq xmlns='jabber:client' type='set' id='bind'>"
                    + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>focus</resource></bind></iq>");
            assertThat(browser.awaitEnd(20)).isTrue();
        }
    }

    @Test
    void servicesSignInOverTlsOnly() throws Exception {
        try (SmackFocus focus = SmackFocus.focus(shard)) {
            assertThat(focus.connection.isSecureConnection()).isTrue();
            assertThat(focus.connection.getUser().toString()).isEqualTo("focus@" + ShardProcess.DOMAIN + "/focus");
        }
        assertThatThrownBy(() -> SmackFocus.connect(shard, "focus", "wrong-password", "x"))
                .hasMessageContaining("not-authorized");
        String plain = Base64.getEncoder()
                .encodeToString(("\0focus\0" + ShardProcess.FOCUS_PASSWORD).getBytes(StandardCharsets.UTF_8));
        String header = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='"
                + ShardProcess.DOMAIN + "' version='1.0'>";
        String answer = answersWithoutTls(
                header,
                "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + plain + "</auth>",
                header,
                "<iq type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        assertThat(answer).contains("<required/>").doesNotContain("<jid>");
    }

    /** Everything the TCP port says, until it closes, to a peer that does not start TLS. */
    private String answersWithoutTls(String... lines) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shard.clientPort)) {
            socket.setSoTimeout(20_000);
            StringBuilder answers = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                for (String line : lines) {
                    socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                    int n = socket.getInputStream().read(buffer);
                    answers.append(new String(buffer, 0, Math.max(n, 0), StandardCharsets.UTF_8));
                }
                answers.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (SocketTimeoutException open) {
                throw open;
            } catch (SocketException closed) {
                // Closed before everything was said, which is an end too.
            }
            return answers.toString();
        }
    }

    @Test
    void onlyPlainIsOffered() {
        try (Browser browser = Browser.dial(shard, "")) {
            browser.open();
            String features = browser.frames().get(1);
            assertThat(Browser.parse(features).element("mechanisms").elements("mechanism"))
                    .extracting(Element::getText)
                    .containsExactly("PLAIN");
            assertThat(features).doesNotContain("iq-auth").doesNotContain("iq-register");
        }
    }

    @Test
    void nobodyRegistersInBand() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Eve");
        try (Browser browser = Browser.connect(shard, ticket)) {
            Element answer = browser.ask(
                    "<query xmlns='jabber:iq:register'><username>x</username><password>y</password></query>",
                    "set",
                    ShardProcess.DOMAIN);
            assertThat(answer.attributeValue("type")).isEqualTo("error");
        }
    }

    @Test
    void newSessionOfAnAccountReplacesTheOld() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Ada");
        try (Browser old = Browser.connect(shard, ticket);
                Browser young = Browser.connect(shard, ticket)) {
            assertThat(old.awaitEnd(20)).isTrue();
            Element pong = young.ask("<ping xmlns='urn:xmpp:ping'/>", "get", ShardProcess.DOMAIN);
            assertThat(pong.attributeValue("type")).isEqualTo("result");
        }
    }

    @Test
    void accountIsForgottenWithItsLastSession() throws Exception {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Ada");
        Browser browser = Browser.connect(shard, ticket);
        int with = accounts();
        browser.close();
        Await.until("the account is gone", () -> accounts() < with);
    }

    private int accounts() throws Exception {
        return shard.http("/metrics")
                .lines()
                .filter(line -> line.startsWith("videowindow_shard_accounts "))
                .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void stanzaBeforeBindingIsRefused() {
        Portal.Ticket ticket = shard.portal.member("sign-in", "Eve");
        try (Browser browser = Browser.dial(shard, "")) {
            browser.open();
            browser.authenticate(ticket.account(), ticket.token());
            browser.expect(f -> f.startsWith("<success"), "success");
            browser.open();
            Element answer = browser.ask("<services xmlns='urn:xmpp:extdisco:2'/>", "get", ShardProcess.DOMAIN);
            assertThat(answer.attributeValue("type")).isEqualTo("error");
        }
    }

    @Test
    void refusalsAreCountedByReason() throws Exception {
        assertRefused("not-a-uuid", "not-a-token");
        assertThat(shard.http("/metrics")).contains("videowindow_shard_tokens_refused_total{reason=\"malformed\"}");
    }
}
