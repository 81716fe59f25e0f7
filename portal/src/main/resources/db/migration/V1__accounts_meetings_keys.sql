-- Runs on H2 and PostgreSQL alike: only what both understand the same way.

create table account (
    id            uuid                     not null primary key,
    email         varchar(254)             not null,
    name          varchar(80)              not null,
    password_hash varchar(255)             not null,
    created_at    timestamp with time zone not null,
    constraint account_email_unique unique (email)
);

-- One signed-in browser. The cookie's value is never stored, only its SHA-256 in hexadecimal.
create table account_session (
    token_hash varchar(64)              not null primary key,
    account_id uuid                     not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    constraint account_session_account foreign key (account_id) references account (id) on delete cascade
);
create index account_session_account_index on account_session (account_id);
create index account_session_expires_index on account_session (expires_at);

create table meeting (
    id             uuid                     not null primary key,
    version        bigint                   not null,
    room           varchar(32)              not null,
    name           varchar(80)              not null,
    owner_id       uuid                     not null,
    guests_allowed boolean                  not null,
    created_at     timestamp with time zone not null,
    constraint meeting_room_unique unique (room),
    constraint meeting_owner foreign key (owner_id) references account (id) on delete cascade
);
create index meeting_owner_index on meeting (owner_id);

create table meeting_moderator (
    meeting_id uuid not null,
    account_id uuid not null,
    primary key (meeting_id, account_id),
    constraint meeting_moderator_meeting foreign key (meeting_id) references meeting (id) on delete cascade,
    constraint meeting_moderator_account foreign key (account_id) references account (id) on delete cascade
);
create index meeting_moderator_account_index on meeting_moderator (account_id);

-- The shard that a room's last ticket named. A room stays there while that shard is healthy.
create table room_shard (
    room        varchar(32)              not null primary key,
    shard_id    varchar(64)              not null,
    assigned_at timestamp with time zone not null,
    constraint room_shard_room foreign key (room) references meeting (room) on delete cascade
);

-- Keys that sign join tickets. All rows are published as JWKS; the newest signs.
create table signing_key (
    key_id      varchar(64)              not null primary key,
    algorithm   varchar(16)              not null,
    private_jwk varchar(4000)            not null,
    created_at  timestamp with time zone not null
);
