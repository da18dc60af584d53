-- Removes the rejection of a key that was loaded.
redis.call('DEL', KEYS[1])
return 'OK'
