// Part of docs/validate-exports: reads the exports in a folder with the
// libraries of others and says what is wrong with them.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import markdownit from 'markdown-it'
import { unified } from 'unified'
import remarkParse from 'remark-parse'
import remarkGfm from 'remark-gfm'

const require = createRequire(import.meta.url)
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-ris')
require('@citation-js/plugin-csl')

const wrong = []
const folder = process.argv[2]
const read = name => fs.readFileSync(path.join(folder, name), 'utf8')
const names = ending => fs.readdirSync(folder).filter(n => n.endsWith(ending))

// Records: each format gives the same cables, and a style can be set of them.
const records = ([text, forceType]) => {
	const cite = new Cite(text, { forceType, strict: true })
	const set = cite.format('bibliography', { format: 'text', template: 'apa' })
	if (!set.trim()) throw new Error('nothing can be set of it')
	return cite.data.map(r => {
		if (r.type !== 'report' || !r.title) throw new Error('a record is no report, or has no title: ' + JSON.stringify(r).slice(0, 200))
		return [r.number, r.title, r.author?.[0]?.literal ?? r.author?.[0]?.family, r.publisher, JSON.stringify(r.issued?.['date-parts'])].map(x => (x ?? '').replace(/[,\s]+/g, ' ').trim())
	})
}
for (const bib of names('.bib')) {
	const stem = bib.slice(0, -4)
	try {
		const [a, b, c] = [[bib, '@biblatex/text'], [stem + '.ris', '@ris/file'], [stem + '.csl.json', '@else/json']].map(([n, type]) => records([read(n), type]))
		if (a.length !== b.length || a.length !== c.length) wrong.push(`${stem}: ${a.length} records of BibTeX, ${b.length} of RIS, ${c.length} of CSL-JSON`)
		if (stem !== 'hostile' && (JSON.stringify(a) !== JSON.stringify(c) || JSON.stringify(b) !== JSON.stringify(c))) {
			wrong.push(`${stem}: the formats do not say the same:\n${JSON.stringify(a)}\n${JSON.stringify(b)}\n${JSON.stringify(c)}`)
		}
	} catch (e) { wrong.push(`${stem}: ${e.message}`) }
}

// Documents: no link, picture, HTML or table comes of Markdown, though the
// renderer may make all of them and links addresses of its own accord.
const md = markdownit({ html: true, linkify: true })
const never = ['link_open', 'image', 'html_inline', 'html_block', 'table_open', 's_open', 'ordered_list_open', 'hr']
const remarkNever = ['link', 'image', 'html', 'table', 'delete', 'definition', 'linkReference', 'footnoteReference', 'footnoteDefinition', 'thematicBreak']
for (const name of names('.md')) {
	const walk = tokens => tokens.forEach(t => {
		if (never.includes(t.type) || t.type === 'code_block') wrong.push(`${name}, markdown-it: ${t.type} ${t.content.slice(0, 80)}`)
		if (t.children) walk(t.children)
	})
	walk(md.parse(read(name), {}))
	const visit = n => {
		if (remarkNever.includes(n.type) || n.type === 'list' && n.ordered) wrong.push(`${name}, remark: ${n.type} at line ${n.position?.start.line}`)
		n.children?.forEach(visit)
	}
	visit(unified().use(remarkParse).use(remarkGfm).parse(read(name)))
}

for (const name of names('.json')) JSON.parse(read(name))

wrong.forEach(w => console.log(w))
process.exit(wrong.length ? 1 : 0)
