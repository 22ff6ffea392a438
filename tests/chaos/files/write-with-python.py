# Writes workbooks as openpyxl and xlsxwriter do. Reads tables as JSON lines on standard input: {"path", "writer", "rows"}.
import datetime, json, sys

import openpyxl
import xlsxwriter


def value(cell):
    kind = cell["kind"]
    if kind == "text":
        return cell["text"]
    if kind == "date":
        return datetime.datetime.fromisoformat(cell["iso"])
    if kind == "error":
        return cell["text"]
    return cell.get("value")


def with_openpyxl(path, rows, write_only):
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("Users") if write_only else book.active
    for row in rows:
        sheet.append([value(cell) for cell in row])
    if not write_only:
        sheet.freeze_panes = "A2"
        book.create_sheet("Hidden", 0).sheet_state = "hidden"
        book.active = 1
    book.save(path)


def with_xlsxwriter(path, rows, constant_memory):
    options = {"constant_memory": constant_memory, "strings_to_formulas": False, "strings_to_urls": True}
    book = xlsxwriter.Workbook(path, options)
    sheet = book.add_worksheet("Users")
    date = book.add_format({"num_format": "d mmmm yyyy"})
    bold = book.add_format({"bold": True})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            content = value(cell)
            if content is None:
                continue
            if cell["kind"] == "date":
                sheet.write_datetime(at, column, content, date)
            elif cell["kind"] == "text" and len(content) > 3 and at % 7 == 3 and content.isascii():
                sheet.write_rich_string(at, column, bold, content[:2], content[2:])
            elif cell["kind"] == "text" and "@customer" in content and at % 5 == 0:
                sheet.write_url(at, column, "mailto:" + content, string=content)
            elif cell["kind"] == "text":
                sheet.write_string(at, column, content)
            else:
                sheet.write(at, column, content)
    book.close()


for line in sys.stdin:
    order = json.loads(line)
    writer = order["writer"]
    try:
        if writer.startswith("openpyxl"):
            with_openpyxl(order["path"], order["rows"], writer.endswith("stream"))
        else:
            with_xlsxwriter(order["path"], order["rows"], writer.endswith("stream"))
        print(json.dumps({"path": order["path"], "ok": True}), flush=True)
    except Exception as error:
        print(json.dumps({"path": order["path"], "ok": False, "why": str(error)}), flush=True)
