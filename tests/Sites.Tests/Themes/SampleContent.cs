using Rialto.Sites;

namespace Rialto.Sites.Tests.Themes;

/// <summary>A documentation page that uses everything a Markdown page may hold.</summary>
internal static class SampleContent
{
    public static readonly PageHeading[] Outline = [new(2, "first", "First search"), new(3, "filters", "Filters"), new(2, "tables", "Options in a table"), new(2, "notes", "Notes")];

    public const string Guide = """
        <h1>Guide</h1>
        <p>This guide shows how to find things in a tree of files, from the first search to <a href="../installing/">an installation</a> for every user of a machine. Press <kbd>Ctrl</kbd> + <kbd>C</kbd> to stop, and see <code>--help</code>.</p>
        <h2 id="first">First search</h2>
        <p>Go to a folder and search it. Lines that match are printed with their file and number.<sup><a href="#fn1" id="ref1">1</a></sup></p>
        <pre><code class="hljs language-rust"><span class="hljs-comment">// Prints every line that matches.</span>
        <span class="hljs-keyword">fn</span> <span class="hljs-title">main</span>() -> <span class="hljs-type">Result</span>&lt;()&gt; {
            <span class="hljs-keyword">let</span> n = <span class="hljs-number">42</span>; <span class="hljs-built_in">println!</span>(<span class="hljs-string">"{n} lines in a rather long literal that will have to scroll on a telephone because it is long"</span>);
        }</code></pre>
        <h3 id="filters">Filters</h3>
        <ul><li>By name</li><li>By type<ul><li>built in</li><li>your own</li></ul></li></ul>
        <div class="markdown-alert markdown-alert-note"><p class="markdown-alert-title">Note</p><p>Hidden files are skipped unless asked for.</p></div>
        <div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">Warning</p><p>Replacing changes what is printed, never the files.</p></div>
        <h2 id="tables">Options in a table</h2>
        <table><thead><tr><th>Option</th><th>Meaning</th><th>Default</th><th>Since</th></tr></thead><tbody><tr><td><code>--hidden</code></td><td>Search hidden files and folders as well</td><td>off</td><td>0.1</td></tr><tr><td><code>--max-columns</code></td><td>Leave out lines that are longer</td><td>none</td><td>0.8</td></tr></tbody></table>
        <blockquote><p>A tool should do what the reader of its name expects.</p></blockquote>
        <ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" disabled checked aria-label="done"> Read this</li><li class="task-list-item"><input type="checkbox" disabled aria-label="open"> Try it</li></ul>
        <details><summary>Longer story</summary><p>It began as a benchmark.</p></details>
        <h2 id="notes">Notes</h2>
        <p>averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordthatmustbreaksomewhere</p>
        <section class="footnotes"><ol><li id="fn1"><p>Unless the output is not a terminal. <a href="#ref1">Back</a></p></li></ol></section>
        """;

    public static SitePicture Hero { get; } = new("hero.svg", "Matches of a search, coloured, in a terminal", 1200, 760, Analysis.PictureKind.Screenshot, [], null);

    public const string Screenshot = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 760" width="1200" height="760"><rect width="1200" height="760" rx="16" fill="#16212b"/><rect width="1200" height="54" rx="16" fill="#22313e"/><circle cx="34" cy="27" r="9" fill="#ff6b5e"/><circle cx="62" cy="27" r="9" fill="#f7c04a"/><circle cx="90" cy="27" r="9" fill="#4ecb71"/><g font-family="monospace" font-size="25" fill="#d7e2ea"><text x="40" y="120" fill="#4ecb71">$ ferrous 'fn \w+_line' crates</text><text x="40" y="185" fill="#c792ea">crates/searcher/src/lines.rs</text><text x="40" y="230">12: pub fn <tspan fill="#ff8a80">count_line</tspan>s(bytes: &amp;[u8]) -&gt; u64 {</text><text x="40" y="275">47: pub fn <tspan fill="#ff8a80">without_line</tspan>_terminator(</text><text x="40" y="350" fill="#c792ea">crates/printer/src/standard.rs</text><text x="40" y="395">803: fn <tspan fill="#ff8a80">write_line</tspan>(&amp;self, line: &amp;[u8])</text><text x="40" y="440">871: fn <tspan fill="#ff8a80">write_colored_line</tspan>(</text></g></svg>
        """;
}
