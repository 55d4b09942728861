"""A meeting's folder: a git repository that keeps the record. The only room that imports `git` or runs it.

Called by desk alone. Knows acts (to write and read them); knows no rule of procedure, no screen and no format of texts.

- `git.py`      runs git safely; nothing else starts it
- `record.py`   appends acts durably and reads them
- `stream.py`   the commits of acts as input for `git fast-import`
- `worktree.py` keeps the files beside the record in step with it
- `lock.py`     one writer at a time on one machine
- `remotes.py`  the other places that have the meeting
- `transport.py` speaks to them
- `union.py`    looks at what came from them, before anything of it is taken
- `journal.py`  the words being typed, until they are an act
"""
