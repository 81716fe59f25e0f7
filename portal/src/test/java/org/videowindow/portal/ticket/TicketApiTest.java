package org.videowindow.portal.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.portal.PortalTest;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import org.videowindow.portal.shard.ShardStates;
import tools.jackson.databind.JsonNode;

class TicketApiTest extends PortalTest {
    private Visitor owner;
    private JsonNode meeting;
    private String room;
    private String tickets;

    @BeforeEach
    void aMeeting() {
        owner = visitor().signUp(Visitor.newEmail(), "Olga Owner");
        meeting = owner.meeting("Weekly");
        room = meeting.path("room").asString();
        tickets = "/api/v1/rooms/" + room + "/tickets";
    }

    @Test
    void aTicketHasEverythingToEnterTheCall() {
        Answer answer = owner.post(tickets, Map.of());
        JsonNode ticket = answer.json();
        JsonNode xmpp = ticket.path("xmpp");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(ticket.propertyNames())
                .containsExactlyInAnyOrder(
                        "room", "meetingName", "role", "endpointId", "displayName", "expiresAt", "xmpp", "iceServers");
        assertThat(xmpp.propertyNames())
                .containsExactlyInAnyOrder(
                        "webSocketUrl", "domain", "jid", "password", "roomJid", "focusJid", "endConferenceJid");
        String domain = xmpp.path("domain").asString();
        assertThat(domain).matches("shard-[ab]\\.example\\.org");
        String node = xmpp.path("jid").asString().split("@")[0];
        assertThat(UUID.fromString(node).version()).isEqualTo(4);
        assertThat(xmpp.path("jid").asString()).isEqualTo(node + "@" + domain);
        assertThat(xmpp.path("webSocketUrl").asString()).isEqualTo("wss://" + domain + "/ws/");
        assertThat(xmpp.path("roomJid").asString()).isEqualTo(room + "@conference." + domain);
        assertThat(xmpp.path("focusJid").asString()).isEqualTo("focus@" + domain + "/focus");
        assertThat(xmpp.path("endConferenceJid").asString()).isEqualTo("endconference." + domain);
        assertThat(ticket.path("endpointId").asString())
                .isEqualTo(node.substring(0, 8))
                .matches("[0-9a-f]{8}");
        assertThat(ticket.path("room").asString()).isEqualTo(room);
        assertThat(ticket.path("meetingName").asString()).isEqualTo("Weekly");
        assertThat(ticket.path("displayName").asString()).isEqualTo("Olga Owner");
        Instant expires = Instant.parse(ticket.path("expiresAt").asString());
        assertThat(expires)
                .isBetween(Instant.now().plusSeconds(9 * 60), Instant.now().plusSeconds(10 * 60));
    }

    @Test
    void theTokenVerifiesWithThePublishedKeysAndHasExactlyItsClaims() throws Exception {
        JsonNode ticket = owner.post(tickets, Map.of()).json();
        SignedJWT token = verified(ticket);
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.getHeader().toJSONObject().keySet()).containsExactlyInAnyOrder("alg", "kid", "typ");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "aud", "sub", "room", "iat", "nbf", "exp", "jti", "context");
        assertThat(token.getPayload().toJSONObject()).containsEntry("aud", "video-window");
        assertThat(claims.getIssuer()).isEqualTo("video-window");
        assertThat(claims.getSubject()).isEqualTo(ticket.at("/xmpp/domain").asString());
        assertThat(claims.getStringClaim("room")).isEqualTo(room);
        assertThat(claims.getJWTID() + "@" + claims.getSubject())
                .isEqualTo(ticket.at("/xmpp/jid").asString());
        assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(10));
        Map<String, Object> context = claims.getJSONObjectClaim("context");
        assertThat(context.keySet()).containsExactlyInAnyOrder("user", "features");
        assertThat(context.get("features")).isEqualTo(Map.of("screen-sharing", true));
        assertThat(context.get("user"))
                .isEqualTo(Map.of(
                        "id",
                        owner.accountId(),
                        "name",
                        "Olga Owner",
                        "affiliation",
                        "owner",
                        "moderator",
                        true,
                        "guest",
                        false,
                        "role",
                        "owner"));
    }

    @ParameterizedTest
    @CsvSource({
        "owner, owner, true, false",
        "moderator, owner, true, false",
        "member, member, false, false",
        "guest, member, false, true"
    })
    void theRoleComesFromTheMeeting(String role, String affiliation, boolean moderates, boolean guest)
            throws Exception {
        Visitor person = switch (role) {
            case "owner" -> owner;
            case "guest" -> visitor().arrive();
            default -> visitor().signUp(Visitor.newEmail(), "Mo");
        };
        if (role.equals("moderator")) {
            owner.put("/api/v1/meetings/" + meeting.path("id").asString() + "/moderators/" + person.accountId());
        }
        JsonNode ticket = person.post(tickets, Map.of("name", "Gus Guest")).json();
        assertThat(ticket.path("role").asString()).isEqualTo(role);
        Map<String, Object> user = user(ticket);
        assertThat(user).containsEntry("role", role);
        assertThat(user).containsEntry("affiliation", affiliation);
        assertThat(user).containsEntry("moderator", moderates);
        assertThat(user).containsEntry("guest", guest);
        assertThat(user).doesNotContainKey("email");
        assertThat(user.get("name")).isEqualTo(ticket.path("displayName").asString());
        // Those who are signed in cannot call themselves something else.
        assertThat(user.get("name").equals("Gus Guest")).isEqualTo(guest);
    }

    @Test
    void whoIsNoLongerModeratorGetsNoModeratorsTicket() throws Exception {
        Visitor person = visitor().signUp();
        String moderators = "/api/v1/meetings/" + meeting.path("id").asString() + "/moderators/" + person.accountId();
        owner.put(moderators);
        assertThat(user(person.post(tickets, Map.of()).json())).containsEntry("role", "moderator");
        owner.delete(moderators);
        assertThat(user(person.post(tickets, Map.of()).json())).containsEntry("role", "member");
    }

    @Test
    void aSignedInPersonNeedsNoBody() {
        assertThat(owner.send("POST", tickets, null).status()).isEqualTo(201);
    }

    @Test
    void everyTicketIsForAnotherEndpoint() {
        assertThat(owner.post(tickets, Map.of()).json().path("endpointId"))
                .isNotEqualTo(owner.post(tickets, Map.of()).json().path("endpointId"));
    }

    @Test
    void aGuestGivesANameAndIsKnownByTheTokenOnly() throws Exception {
        JsonNode ticket =
                visitor().arrive().post(tickets, Map.of("name", " Gus  Guest ")).json();
        assertThat(ticket.path("displayName").asString()).isEqualTo("Gus Guest");
        assertThat(ticket.at("/xmpp/jid").asString()).startsWith(user(ticket).get("id") + "@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\":\"\"}", "{\"name\":\"  \"}", "{\"name\":\"a\\nb\"}", "{\"name\":\"\\u202e\"}"})
    void aGuestWithoutANameIsRefused(String body) {
        Answer answer = visitor().arrive().post(tickets, body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("invalid");
        assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("name");
    }

    @Test
    void aGuestCannotChooseARole() {
        Answer answer = visitor().arrive().post(tickets, Map.of("name", "Gus", "role", "owner"));
        assertThat(answer.status()).isEqualTo(422);
    }

    @Test
    void guestsStayOutsideWhereTheyAreNotAllowed() {
        owner.patch("/api/v1/meetings/" + meeting.path("id").asString(), Map.of("guestsAllowed", false));
        Answer answer = visitor().arrive().post(tickets, Map.of("name", "Gus"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("guests-not-allowed");
        assertThat(visitor().signUp().post(tickets, Map.of()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz-zzzz-zzz", "brewery", "*"})
    void thereIsNoTicketForARoomThatIsNotThere(String nothing) {
        for (Visitor visitor : new Visitor[] {owner, visitor().arrive()}) {
            Answer answer = visitor.post("/api/v1/rooms/" + nothing + "/tickets", Map.of("name", "Gus"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("no-such-meeting");
        }
    }

    @Test
    void theTurnCredentialIsWhatCoturnExpects() throws Exception {
        JsonNode servers = owner.post(tickets, Map.of()).json().path("iceServers");
        assertThat(servers).hasSize(2);
        assertThat(servers.get(0).toString()).isEqualTo("{\"urls\":[\"stun:turn.example.org:3478\"]}");
        JsonNode turn = servers.get(1);
        assertThat(turn.at("/urls/0").asString()).isEqualTo("turns:turn.example.org:443?transport=tcp");
        String username = turn.path("username").asString();
        long expires = Long.parseLong(username.substring(0, username.indexOf(':')));
        assertThat(expires - Instant.now().getEpochSecond()).isBetween(43_000L, 43_201L);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TURN_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        assertThat(turn.path("credential").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8))));
        assertThat(turn.toString()).doesNotContain(TURN_SECRET);
    }

    @Test
    void aRoomMovesWhenItsShardIsLostAndStaysWhereItWent() {
        String first = domain();
        assertThat(domain()).isEqualTo(first);
        var lost = first.startsWith("shard-a") ? FOCUS_A : FOCUS_B;
        lost.answer(503);
        await(() -> ShardStates.healthy(registry) == 1);
        String second = domain();
        assertThat(second).isNotEqualTo(first);
        lost.answer(200);
        await(() -> ShardStates.healthy(registry) == 2);
        assertThat(domain()).isEqualTo(second);
    }

    @Test
    void withoutAHealthyShardThereIsNoTicketUntilOneComesBack() {
        FOCUS_A.answer(503);
        FOCUS_B.answer(503);
        await(() -> ShardStates.healthy(registry) == 0);
        Answer answer = owner.post(tickets, Map.of());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("no-shard");
        assertThat(visitor().arrive().get("/api/v1/session").status()).isEqualTo(200);
        FOCUS_A.answer(200);
        await(() -> owner.post(tickets, Map.of()).status() == 201);
    }

    private String domain() {
        return owner.post(tickets, Map.of()).json().at("/xmpp/domain").asString();
    }

    private Map<String, Object> user(JsonNode ticket) throws Exception {
        @SuppressWarnings("unchecked") // JSON objects are maps with text keys.
        Map<String, Object> user = (Map<String, Object>)
                verified(ticket).getJWTClaimsSet().getJSONObjectClaim("context").get("user");
        return user;
    }

    private SignedJWT verified(JsonNode ticket) throws Exception {
        SignedJWT token = SignedJWT.parse(ticket.at("/xmpp/password").asString());
        JWKSet keys = JWKSet.parse(visitor().get("/.well-known/jwks.json").text());
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        return token;
    }
}
