# Reads one sheet of a workbook as openpyxl sees it. One JSON line in ({"path", "sheet"}), one out.
import datetime, json, sys, warnings

import openpyxl

warnings.simplefilter("ignore")


def cell(value, kind):
    if value is None:
        return {"kind": "empty"}
    if isinstance(value, bool):
        return {"kind": "boolean", "value": value}
    if isinstance(value, (int, float)):
        return {"kind": "number", "value": value}
    if isinstance(value, (datetime.datetime, datetime.date)):
        return {"kind": "date", "iso": value.isoformat()}
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return {"kind": "other"}
    return {"kind": "error" if kind == "e" else "text", "text": str(value)}


for line in sys.stdin:
    order = json.loads(line)
    try:
        book = openpyxl.load_workbook(order["path"], data_only=True)
        sheet = book[order["sheet"]]
        rows = [[row[0].row, [cell(one.value, one.data_type) for one in row]] for row in sheet.iter_rows()]
        print(json.dumps({"rows": rows}), flush=True)
    except Exception as error:
        print(json.dumps({"why": str(error)[:200]}), flush=True)
