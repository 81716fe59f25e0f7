package org.videowindow.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.Visitor.Answer;

/** The same thing asked for many times at the same moment. */
class RacesTest extends PortalTest {
    private static final int TIMES = 16;

    @Test
    void anAddressSignsUpOnce() throws Exception {
        String email = Visitor.newEmail();
        List<Integer> statuses = together(() -> visitor()
                .arrive()
                .post("/api/v1/accounts", Map.of("email", email, "password", Visitor.PASSWORD, "name", "Ada")));
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).containsOnly(201, 409);
    }

    @Test
    void nobodyOwnsMoreMeetingsThanAllowed() throws Exception {
        Visitor owner = visitor().signUp();
        List<Integer> statuses = together(() -> sameBrowser(owner).post("/api/v1/meetings", Map.of("name", "Weekly")));
        assertThat(statuses).containsOnly(201, 409);
        assertThat(owner.get("/api/v1/meetings").json().path("meetings")).hasSize(5);
    }

    @Test
    void nobodyNamesMoreModeratorsThanAllowed() throws Exception {
        Visitor owner = visitor().signUp();
        String path = "/api/v1/meetings/" + owner.meeting("Weekly").path("id").asString();
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            people.add(visitor().signUp().accountId());
        }
        List<Supplier<Answer>> calls = people.stream()
                .<Supplier<Answer>>map(person -> () -> sameBrowser(owner).put(path + "/moderators/" + person))
                .toList();
        assertThat(together(calls)).containsOnly(200, 409);
        assertThat(owner.get(path).json().path("moderators")).hasSize(3);
    }

    @Test
    void theFirstTicketsOfARoomNameOneShard() throws Exception {
        Visitor owner = visitor().signUp();
        String tickets = "/api/v1/rooms/" + owner.meeting("Weekly").path("room").asString() + "/tickets";
        List<String> domains = new ArrayList<>();
        List<Integer> statuses = together(() -> {
            Answer answer = sameBrowser(owner).post(tickets, Map.of());
            synchronized (domains) {
                domains.add(answer.json().at("/xmpp/domain").asString());
            }
            return answer;
        });
        assertThat(statuses).containsOnly(201);
        assertThat(domains.stream().distinct()).hasSize(1);
    }

    private Visitor sameBrowser(Visitor visitor) {
        return visitor()
                .withCookie("VW_SESSION", String.valueOf(visitor.cookie("VW_SESSION")))
                .withCookie("XSRF-TOKEN", String.valueOf(visitor.cookie("XSRF-TOKEN")));
    }

    private static List<Integer> together(Supplier<Answer> call) throws Exception {
        List<Supplier<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            calls.add(call);
        }
        return together(calls);
    }

    private static List<Integer> together(List<Supplier<Answer>> calls)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> statuses = calls.stream()
                    .map(call -> threads.submit(() -> call.get().status()))
                    .toList();
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> status : statuses) {
                results.add(status.get());
            }
            return results;
        }
    }
}
