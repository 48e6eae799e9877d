-- Says that a node is there, and answers how many are: those that said so within the lifetime. And what
-- microsecond it is.
--
-- KEYS: the sorted set of nodes by the millisecond at which each last said so.
-- ARGV: the node's name, the lifetime in milliseconds.
local clock = redis.call('TIME')
local now, lifetime = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000), tonumber(ARGV[2])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%d', now - lifetime))
redis.call('PEXPIRE', KEYS[1], lifetime)
return { redis.call('ZCARD', KEYS[1]), tonumber(clock[1]) * 1000000 + tonumber(clock[2]) }
