"""The first load of an empty store, by the means that each server has for it.

The entries of the journal are made as always and kept aside (`collecting`, `spool`);
what the graph shall hold is worked out from them at once (`painting`) and handed to the
server whole: as files for `neo4j-admin database import` (`files`), or through the batch
door of the embedded server (`embedded`). The store is the same as if every entry had been
written by itself; `verify` cannot tell them apart.
"""
