import pytest

from app.exchange.references import latex


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"{\"o}\"{o}\"o", "ööö"),
        (r"\'Ecole fran\c{c}aise \`a No\"el", "École française à Noël"),
        (r"\c c \v{s}\v s \H{o} \r{a} \k{a} \u{g} \d{h} \=a \.z", "ç šš ő å ą ğ ḥ ā ż"),
        (r"\'{\i}\'\i\^{\i}", "ííî"),
        (r"{\ss}a\ss{} \o\ \O{} \L{}\'od\'z \ae \AA{} {\l}", "ßaß ø Ø Łódź æÅ ł"),
        (r"50\% \& \#1 \$5 a\_b \{x\}", "50% & #1 $5 a_b {x}"),
        ("50% of a & b_c #1 $5", "50% of a & b_c #1 $5"),
        ("a -- b --- c - d", "a – b — c - d"),
        ("``q'' ,,g`` <<h>> ?`!`", "“q” „g“ «h» ¿¡"),
        (r"\textbraceleft{}x\textbraceright{} \textbackslash{}n \textasciitilde{}", r"{x} \n ~"),
        (r"-{}- `{}`q'{}'", "-- ``q''"),
        (r"The {NATO} {\em new} \emph{dues} \textbf{x} \foo{bar}", "The NATO new dues x bar"),
        (r"two\\lines and~a tie", "two lines and a tie"),
        (r"\LaTeX{} \copyright\ \texteuro5 \S 3", "LaTeX © €5 §3"),
        ("no commands — at all", "no commands — at all"),
        ("e\u0301", "é"),
        ("\\", "\\"),
        (r"\'", "'"),
    ],
)
def test_latex_is_read_as_it_is_drawn(written, meant):
    assert latex.text(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"https://a.example/x\_y\%20z\#s?a=1\&b", "https://a.example/x_y%20z#s?a=1&b"),
        (r"\url{https://a.example/~u--v}", "https://a.example/~u--v"),
        (r"https://a.example/{\textasciitilde}u", "https://a.example/~u"),
        ("https://a.example/\n  x", "https://a.example/x"),
    ],
)
def test_addresses_keep_their_signs(written, meant):
    assert latex.address(written) == meant
