package docx

import "strings"

// The parts that are the same in every document.

var contentTypes = func() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	b.WriteString(`<Override PartName="/word/document.xml" ContentType="` + mainType + `document.main+xml"/>`)
	for _, name := range []string{"styles", "settings", "fontTable"} {
		b.WriteString(`<Override PartName="/word/` + name + `.xml" ContentType="` + mainType + name + `+xml"/>`)
	}
	for _, kind := range []string{"header", "footer"} {
		for _, name := range []string{"default", "even", "first"} {
			b.WriteString(`<Override PartName="/word/` + kind + "-" + name + `.xml" ContentType="` + mainType + kind + `+xml"/>`)
		}
	}
	b.WriteString(`</Types>`)
	return b.String()
}()

var documentRels = func() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, name := range []string{"styles", "settings", "fontTable"} {
		b.WriteString(`<Relationship Id="` + name + `" Type="` + relSpace + name + `" Target="` + name + `.xml"/>`)
	}
	for _, kind := range []string{"header", "footer"} {
		for _, name := range []string{"default", "even", "first"} {
			b.WriteString(`<Relationship Id="` + kind + "-" + name + `" Type="` + relSpace + kind + `" Target="` + kind + "-" + name + `.xml"/>`)
		}
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}()

var styles = xmlHead + `<w:styles` + wordSpaces + `><w:docDefaults><w:rPrDefault><w:rPr>` +
	`<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:cs="宋体"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>` +
	`</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`

// Odd and even pages differ, punctuation is not squeezed: a line holds the letters it is counted to hold.
var settings = xmlHead + `<w:settings` + wordSpaces + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// fontTable names for each font of official documents the one to take where it is missing.
var fontTable = func() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts` + wordSpaces + `>`)
	for _, f := range [][2]string{{"方正小标宋简体", "华文中宋"}, {"仿宋_GB2312", "仿宋"}, {"楷体_GB2312", "楷体"}, {"黑体", "SimHei"}, {"宋体", "SimSun"}} {
		b.WriteString(`<w:font w:name="` + f[0] + `"><w:altName w:val="` + f[1] + `"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`)
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}()
