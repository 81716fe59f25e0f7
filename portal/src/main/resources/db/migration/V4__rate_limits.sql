-- Secrets that all instances of the portal share; made at the first start.
create table installation_secret (
    name       varchar(64)              not null primary key,
    secret     varchar(64)              not null,
    created_at timestamp with time zone not null
);

-- One row for each client and limit that was used of late. Who it is stands here only as a keyed hash.
create table rate_limit (
    bucket     varchar(64) not null primary key,
    -- When the allowance will be whole again, in microseconds since 1970.
    used_until bigint      not null
);
create index rate_limit_used_until_index on rate_limit (used_until);
