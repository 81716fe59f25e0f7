-- Keys take over from each other at times that are known before. The generation is unique, so of several instances of
-- the portal that make the next key at the same moment only one succeeds.
alter table signing_key add column generation bigint;
alter table signing_key add column signs_from timestamp with time zone;
update signing_key k set
    generation = (select count(*) from signing_key o
        where o.created_at < k.created_at or (o.created_at = k.created_at and o.key_id >= k.key_id)),
    signs_from = created_at;
alter table signing_key alter column generation set not null;
alter table signing_key alter column signs_from set not null;
alter table signing_key add constraint signing_key_generation_unique unique (generation);
