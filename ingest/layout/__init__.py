"""Tables to records: what the cells of a grid mean (版面分析).

``rows`` fills merged cells and puts the rows of all tables into one form; ``labels`` knows
the words that label columns, fields and classes; ``header`` maps a header row to column
roles; ``align`` gives each cell of a row its role; ``fields`` reads key-value heads;
``prose`` reads headings and numbered sections; ``forms`` walks a document and collects
what belongs to one project; ``classes`` repairs the classes of misplaced labels.
"""
