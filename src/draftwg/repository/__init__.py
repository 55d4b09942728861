"""A meeting's folder: a git repository that keeps the record. The only room that imports `git` or runs it.

Called by desk alone. Knows acts (to write and read them); knows no rule of procedure, no screen and no format of texts.

- `git.py`      runs git safely; nothing else starts it
- `shield.py`   git's view of a meeting: its objects, our settings
- `trust.py`    what in a repository is not ours, to be told
- `finding.py`  where the folder of a meeting is
- `layout.py`   what lies where in it
- `contents.py` what a commit holds, read in one go, and read ahead
- `record.py`   the record: reads acts, has them appended, keeps the files in step
- `appending.py` how commits reach the disk, durably
- `branch.py`   where the branch is, and how it moves
- `founding.py` a repository for a new meeting
- `objects.py`, `building.py`  objects read and written one by one: the commits of a moment's acts
- `stream.py`   the commits of many acts as input for `git fast-import`
- `signing.py`  signed commits, where the person's settings ask for them
- `history.py`  the commits, with GitPython
- `tags.py`     the tags of issued versions
- `own.py`      the settings of the person at this machine, as far as they are heeded
- `worktree.py` keeps the files beside the record in step with it
- `index.py`    git's index, in step with it too
- `lock.py`     one writer at a time on one machine
- `remotes.py`  the other places that have the meeting
- `transport.py` speaks to them
- `union.py`    looks at what came from them, before anything of it is taken
- `journal.py`  the words being typed, until they are an act
- `housekeeping.py`, `health.py`, `findings.py`  what may be wrong, and how it is mended
- `backup.py`   a whole meeting in one file
"""
