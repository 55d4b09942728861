"""Real readers of Word files: pandoc and LibreOffice, where they are installed."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "Text (encoded)"
  Dim none()
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  source = Dir(folder &amp; "/*.docx")
  While source &lt;&gt; ""
    For Each what In Array("Accept", "Reject")
      doc = StarDesktop.loadComponentFromURL(ConvertToURL(folder &amp; "/" &amp; source), "_blank", 0, hidden())
      helper.executeDispatch(doc.CurrentController.Frame, ".uno:" &amp; what &amp; "AllTrackedChanges", "", 0, none())
      doc.storeToURL(ConvertToURL(folder &amp; "/" &amp; source &amp; "." &amp; what), form())
      doc.close(True)
    Next
    source = Dir()
  Wend
End Sub
</script:module>
"""
_SCRIPTS = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
<library:element library:name="Module1"/></library:library>
"""


def need(program: str) -> str:
    """The path of the program; without it the test is skipped, or fails where the readers are required."""
    path = shutil.which(program)
    if path is None:
        if os.environ.get("DRAFTWG_READERS") == "required":
            pytest.fail(f"{program} is required here, and is not installed")
        pytest.skip(f"{program} is not installed")
    return path


def pandoc(file: Path, changes: str, to: str = "plain") -> str:
    """What pandoc reads, with all changes accepted, rejected, or shown ("all")."""
    command = [need("pandoc"), f"--track-changes={changes}", "--wrap=none", "-f", "docx", "-t", to, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@cache
def _soffice() -> list[str]:
    """LibreOffice with a profile of its own, which holds the macro; made once for a run of tests."""
    profile = Path(tempfile.mkdtemp(prefix="draftwg-soffice-"))
    atexit.register(shutil.rmtree, profile, ignore_errors=True)
    start = [need("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=True, timeout=180)
    basic = profile / "user" / "basic"
    (basic / "script.xlc").write_text(_SCRIPTS)
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY)
    (basic / "Standard" / "Module1.xba").write_text(_MACRO)
    return start


def libreoffice(folder: Path) -> None:
    """Have LibreOffice accept and reject all changes of every .docx in `folder`: FILE.docx.Accept and .Reject."""
    macro = f'macro:///Standard.Module1.Settle("{folder}")'
    subprocess.run([*_soffice(), macro], capture_output=True, check=True, timeout=180)


def convert(files: list[Path], form: str) -> list[Path]:
    """LibreOffice's own writing of files of one folder in another format."""
    out = files[0].parent / "out"
    command = [*_soffice(), "--convert-to", form, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return [out / f"{file.stem}.{form.partition(':')[0]}" for file in files]
