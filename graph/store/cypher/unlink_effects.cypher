UNWIND $ids AS id
MATCH (:Effect {id: id})-[x:FOLLOWS_FROM|UNDER_RULE]->()
DELETE x
