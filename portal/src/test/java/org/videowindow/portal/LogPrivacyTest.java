package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LogPrivacyTest extends PortalTest {
    @Test
    void theLogKnowsIdsOnly(CapturedOutput output) {
        String email = Visitor.newEmail();
        Visitor owner = visitor().signUp(email, "Olga Owner-Name");
        String room = owner.meeting("Secret Subject").path("room").asString();
        Visitor.Answer ticket =
                visitor().arrive().post("/api/v1/rooms/" + room + "/tickets", Map.of("name", "Gus Guest-Name"));
        visitor().arrive().post("/api/v1/session", Map.of("email", email, "password", "wrong-password"));
        owner.post("/api/v1/meetings", "{\"name\":\"Secret Subject");
        assertThat(output.getAll())
                .contains(owner.accountId())
                .contains(ticket.json().path("endpointId").asString());
        assertThat(output.getAll())
                .doesNotContain(email)
                .doesNotContain("Olga")
                .doesNotContain("Gus")
                .doesNotContain("Secret Subject")
                .doesNotContain("wrong-password")
                .doesNotContain(Visitor.PASSWORD)
                .doesNotContain("127.0.0.1")
                .doesNotContain(room)
                .doesNotContain(ticket.json().at("/xmpp/password").asString())
                .doesNotContain(String.valueOf(owner.cookie("VW_SESSION")));
    }
}
