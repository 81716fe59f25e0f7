package org.videowindow.portal.meeting;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Meetings in the database, always with their moderators: every use needs them for the role. */
interface MeetingRepository extends Repository<Meeting, UUID> {
    Meeting saveAndFlush(Meeting meeting);

    void delete(Meeting meeting);

    @Query("select m from Meeting m left join fetch m.moderators where m.id = :id")
    Optional<Meeting> findById(UUID id);

    @Query("select m from Meeting m left join fetch m.moderators where m.room = :room")
    Optional<Meeting> findByRoom(String room);

    @Query("""
            select distinct m from Meeting m left join fetch m.moderators
            where m.ownerId = :accountId
               or exists (select 1 from Meeting n join n.moderators a where n.id = m.id and a.id = :accountId)
            order by m.createdAt desc""")
    List<Meeting> findOf(UUID accountId);

    long countByOwnerId(UUID ownerId);
}
