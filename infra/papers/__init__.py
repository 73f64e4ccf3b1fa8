"""Papers that never existed, drawn with their truth, to measure reading by: ten kinds, in halves of layouts.

Half `a` is for tuning; half `b` was drawn before the reader was, and is opened for the last measurement only.
Half `c` is written down in words (`wording`), by somebody who had seen neither the reader nor the other halves,
and says rarer values; half `d` likewise, in other words and families of layouts, for the last measurement only.
Half `e` was drawn after those, again blind: wording of the forms in force and of printouts, values of its own
(`fresh`), and lists that are nothing but a table. Half `f` was drawn later and blind too, by another hand: sheets that
clerks type, forms printed over, values of `sundry`, and traces of handling. Half `g` came after it, as blind: numbered
grids, slips, labels at a gutter or above dots, running prose, and values of `assorted`. Half `h` was as blind:
fields filled in on screens, stripes, merged cells, hanging values, dashes, and values of `mixed`. Half `i` was
blind too: outlines of screens, bars, headings white on dark, justified paragraphs, sheets that lie on their long side,
and values of `diverse`. Half `j`, as blind, has four layouts of each kind, mixed as a post bag is: forms of
circulars over dots, printouts of desk software, extracts of registers and old papers, running sentences, and values of
`scattered`. Half `k` is the newest, as blind and as mixed: other editions of the forms, what programs print, sheets in
two languages and of designers, what lies in cabinets, decisions of offices that are no commune, and values of `motley`.
Pools that differ in their words only share `vocabulary`.
"""
