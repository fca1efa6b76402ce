//! What is a drawing, and what acts.

use super::{ATTRIBUTES, Acts, check};

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
    )
}

#[test]
fn drawings() {
    let wrapped = [
        "",
        "<path d=\"M0 0h1\"/>",
        "<g transform=\"rotate(45)\"><rect width=\"1\" height=\"1\" fill=\"url(#a)\"/></g>",
        "<use xlink:href=\"#a\"/><use href=\" #a \"/>",
        "<a href=\"#a\"><text>a</text></a>",
        "<style>rect { fill: url( '#a' ); transform: rotate(1deg) }</style>",
        "<style><![CDATA[ a > b { fill: red } ]]></style>",
        "<animate attributeName=\"width\" from=\"0\" to=\"1\" dur=\"1s\"/>",
        "<title>javascript: and data: and onload= are words</title>",
        "<text>&lt;script&gt; &#60;script&#62;</text>",
        "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><c:Work \
         xmlns:c=\"http://creativecommons.org/ns#\" r:about=\"https://example.org/\"/></r:RDF></metadata>",
        "<g xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:label=\"url(x)\" i:href=\"x.svg\"/>",
        "<!-- <script> -->",
        "<text style=\"fill:url(&quot;#a&quot;)\">a</text>",
    ];
    for text in wrapped {
        assert_eq!(check(svg(text).as_bytes()), Ok(()), "{text}");
    }
    let whole = [
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- Graphviz -->\n<!DOCTYPE svg \
         PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg \
         xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:path d=\"M0 0\"/></s:svg>",
    ];
    for text in whole {
        assert_eq!(check(text.as_bytes()), Ok(()), "{text}");
    }
}

#[test]
fn what_acts() {
    let element = |name: &str| Acts::Element(name.into());
    let refers = |to: &str| Acts::Refers(to.into());
    for (text, why) in [
        ("<script>x()</script>", element("script")),
        ("<script href=\"x.js\"/>", element("script")),
        ("<SCRIPT>x()</SCRIPT>", element("SCRIPT")),
        ("<x:script xmlns:x=\"http://www.w3.org/2000/svg\">x()</x:script>", element("script")),
        ("<script xmlns=\"http://www.w3.org/1999/xhtml\">x()</script>", element("script")),
        ("<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"#\"/>", element("iframe")),
        ("<foreignObject><p>a</p></foreignObject>", element("foreignObject")),
        (
            "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" href=\"javascript:x()\"/>",
            element("math"),
        ),
        ("<handler type=\"text/ecmascript\">x()</handler>", element("handler")),
        ("<g><metadata><iframe xmlns=\"\"/></metadata></g>", element("iframe")),
        ("<stylesheet xmlns=\"http://www.w3.org/1999/XSL/Transform\"/>", element("stylesheet")),
        ("<discard/>", element("discard")),
        ("<g onclick=\"x()\"/>", Acts::Handler("onclick".into())),
        ("<g OnClick=\"x()\"/>", Acts::Handler("OnClick".into())),
        ("<g onfuture=\"x()\"/>", Acts::Handler("onfuture".into())),
        ("<a href=\"javascript:x()\"/>", refers("javascript:x()")),
        ("<a href=\"&#106;ava&#x73;cript:x()\"/>", refers("javascript:x()")),
        ("<a href=\" \tjavascript:x()\"/>", refers("javascript:x()")),
        ("<a xlink:href=\"https://example.org/\"/>", refers("https://example.org/")),
        ("<a x:href=\"/a\" xmlns:x=\"http://www.w3.org/1999/xlink\"/>", refers("/a")),
        ("<use href=\"other.svg#a\"/>", refers("other.svg#a")),
        ("<use href=\"//example.org/#a\"/>", refers("//example.org/#a")),
        ("<image href=\"data:image/svg+xml,a\"/>", refers("data:image/svg+xml,a")),
        ("<image href=\"https://example.org/a.png\"/>", refers("https://example.org/a.png")),
        ("<feImage xlink:href=\"a.png\"/>", refers("a.png")),
        ("<g xml:base=\"https://example.org/\"/>", refers("https://example.org/")),
        ("<rect fill=\"url(a.svg#b)\"/>", refers("url(a.svg#b)")),
        (
            "<rect filter=\"URL( 'https://example.org/' )\"/>",
            refers("URL( 'https://example.org/' )"),
        ),
        ("<rect fill=\"u\\72l(a)\"/>", refers("u\\72l(a)")),
        ("<animate attributeName=\"href\" to=\"javascript:x()\"/>", Acts::Animates("href".into())),
        ("<set attributeName=\"xlink:href\" to=\"a\"/>", Acts::Animates("xlink:href".into())),
        ("<set attributeName=\" x:HREF \" to=\"a\"/>", Acts::Animates("x:HREF".into())),
        ("<set attributeName=\"onclick\" to=\"x()\"/>", Acts::Animates("onclick".into())),
        ("<style>@import 'https://example.org/'</style>", Acts::Styles),
        ("<style>@im<!-- -->port 'a'</style>", Acts::Styles),
        ("<style>@\\69mport 'a'</style>", Acts::Styles),
        ("<style>@<![CDATA[import 'a']]></style>", Acts::Styles),
        ("<style>a { background: url(a) }</style>", Acts::Styles),
        ("<style>a { background: image-set('a' 1x) }</style>", Acts::Styles),
        ("<style>@font-face { src: url(data:font/woff2,a) }</style>", Acts::Styles),
        ("<g style=\"background: url(a)\"/>", Acts::Styles),
        ("<?xml-stylesheet href=\"#a\" type=\"text/xsl\"?>", Acts::Instruction),
        ("<g", Acts::NotSvg),
        ("<g></a>", Acts::NotSvg),
        ("&undeclared;", Acts::NotSvg),
        ("<g a='1' a='2'/>", Acts::NotSvg),
    ] {
        assert_eq!(check(svg(text).as_bytes()), Err(why), "{text}");
    }
    for (text, why) in [
        ("", Acts::NotSvg),
        ("not a picture", Acts::NotSvg),
        ("<svg/>", Acts::NotSvg),
        ("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", Acts::NotSvg),
        (
            "<!DOCTYPE svg [<!ENTITY a \"<script/>\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
            Acts::Declares,
        ),
        (
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x()\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Acts::Declares,
        ),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Acts::Encoding,
        ),
        (
            "<?xml version='encoding=\"utf-8\"' encoding='iso-2022-jp'?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Acts::Encoding,
        ),
        (
            "<?xml-stylesheet href=\"a.xsl\" type=\"text/xsl\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Acts::Instruction,
        ),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"/><?a b?>", Acts::Instruction),
    ] {
        assert_eq!(check(text.as_bytes()), Err(why), "{text}");
    }
    let utf16: Vec<u8> = svg("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(check(&[b"\xff\xfe".as_slice(), &utf16].concat()), Err(Acts::Encoding));
}

#[test]
fn sizes_have_limits() {
    let attributes = |count: usize| {
        let all: String = (0..count).map(|at| format!(" a{at}='{at}'")).collect();
        svg(&format!("<!-- <a \" --><g{all}/>"))
    };
    assert_eq!(check(attributes(ATTRIBUTES).as_bytes()), Ok(()));
    for text in [
        attributes(ATTRIBUTES + 1),
        svg(&"<g/>".repeat(250_000)),
        svg(&(0..2000).map(|at| format!("<g xmlns:n{at}='n'>")).collect::<String>()),
    ] {
        assert_eq!(check(text.as_bytes()), Err(Acts::TooLarge));
    }
    let deep = 100_000;
    let nested = svg(&format!("{}{}", "<g>".repeat(deep), "</g>".repeat(deep)));
    assert_eq!(check(nested.as_bytes()), Ok(()));
}
