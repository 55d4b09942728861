' What a delegate does with a Word file that draftwg handed out (track changes is on in it), by a LibreOffice macro:
' words replaced, put in and taken out, a unit deleted, a new one written. The name in the user's profile is Ana Souza.
' "clean.docx" and "table.docx" are `draftwg export docx --clean` and `--table` of the meeting of the tests' `tui.driving`.
Sub Edit(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim form(0) As New com.sun.star.beans.PropertyValue
  form(0).Name = "FilterName"
  form(0).Value = "MS Word 2007 XML"
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(folder & "/clean.docx"), "_blank", 0, hidden())
  Put(doc, "should train", "shall train")
  Put(doc, "downstream.", "downstream, free of charge.")
  Put(doc, "for as long as possible", "for at least ten years")
  Put(doc, "The Secretariat is invited to report on progress every two years.", "")
  Put(doc, "Recommendation 9", "")
  found = Spot(doc, "common standards for gauges.")
  at = found.Text.createTextCursorByRange(found.End)
  at.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  at.Text.insertString(at, "Recommendation 16", False)
  at.Text.insertControlCharacter(at, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  at.Text.insertString(at, "Old ice records should be scanned.", False)
  doc.storeToURL(ConvertToURL(folder & "/libreoffice-edited.docx"), form())
  doc.close(True)
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(folder & "/table.docx"), "_blank", 0, hidden())
  doc.RecordChanges = False
  table = doc.TextTables.getByIndex(doc.TextTables.Count - 1)
  table.getCellByName("B4").String = "Replace “remote” by “all”."
  table.getCellByName("B6").String = "Member States should share their forecasts with neighbours downstream."
  table.getCellByName("B8").String = "Delete"
  table.getCellByName("B9").String = "We like this one."
  doc.storeToURL(ConvertToURL(folder & "/libreoffice-filled.docx"), form())
  doc.close(True)
End Sub

Function Spot(doc, words As String)
  search = doc.createSearchDescriptor()
  search.SearchString = words
  search.SearchCaseSensitive = True
  Spot = doc.findFirst(search)
End Function

Sub Put(doc, old As String, words As String)
  found = Spot(doc, old)
  found.String = words
End Sub
