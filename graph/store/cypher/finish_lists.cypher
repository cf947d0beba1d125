// An imported node cannot have an empty list; its name was kept instead.
MATCH (n:__LABEL__)
WHERE n.empty_list = $list
SET n.empty_list = null, n += $empty
RETURN count(n) AS finished
