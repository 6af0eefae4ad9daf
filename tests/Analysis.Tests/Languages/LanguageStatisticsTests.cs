using Rialto.Repositories;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class LanguageStatisticsTests
{
    private static readonly string Code = string.Concat(Enumerable.Repeat("let a = 1;\n", 10));

    [Fact]
    public async Task Only_the_projects_own_source_counts()
    {
        var languages = await LanguageStatistics.ComputeAsync(new MemoryTree()
            .Add("src/a.ts", Code).Add("src/b.ts", Code).Add("src/c.py", "print(1)\n")
            .Add("node_modules/x/a.js", Code).Add("vendor/a.go", Code).Add("docs/a.css", Code).Add("dist/a.js", Code)
            .Add("package.json", "{}").Add("README.md", "# A").Add("package-lock.json", "{}").Add("a.min.js", Code)
            .Add("link.ts", "src/a.ts", SourceEntryKind.Symlink).Add("empty.rb", ""));
        languages.Select(l => (l.Name, l.Bytes, l.Files)).ShouldBe([("TypeScript", 2 * Code.Length, 2), ("Python", 9, 1)]);
        languages.Sum(l => l.Share).ShouldBe(1, 1e-9);
        languages[0].Color.ShouldBe("#3178c6");
    }

    [Fact]
    public async Task Attributes_overrule_every_guess()
    {
        var languages = await LanguageStatistics.ComputeAsync(new MemoryTree()
            .Add(".gitattributes", "vendor/mine.go -linguist-vendored\n*.inc linguist-language=PHP\nrules.yml linguist-detectable\nold.rb linguist-generated\nnot.py -linguist-detectable\nodd.js linguist-language=NoSuch\n")
            .Add("vendor/mine.go", "package a\n").Add("a.inc", "<?php\n").Add("rules.yml", "a: 1\n").Add("old.rb", "1\n").Add("not.py", "1\n").Add("odd.js", "1\n"));
        languages.Select(l => l.Name).Order().ShouldBe(["Go", "PHP", "YAML"]);
    }

    [Fact]
    public async Task A_notebook_counts_by_the_code_a_person_wrote()
    {
        var picture = new string('A', 100_000);
        var notebook = $$$"""
            {"cells": [{"cell_type": "markdown", "source": ["# Long text"]},
             {"outputs": [{"data": {"image/png": "{{{picture}}}" }}], "source": ["import os\n", "print(1)"], "cell_type": "code"},
             {"cell_type": "code", "source": "\u0061 = 1"}], "nbformat": 4}
            """;
        var languages = await LanguageStatistics.ComputeAsync(new MemoryTree().Add("a.ipynb", notebook).Add("lib.py", Code));
        languages.Select(l => (l.Name, l.Bytes)).ShouldBe([("Python", Code.Length), ("Jupyter Notebook", 18 + 5)]);
    }

    [Fact]
    public async Task Dialects_count_for_their_group_and_a_tree_without_source_has_no_languages()
    {
        (await LanguageStatistics.ComputeAsync(new MemoryTree().Add("a.tsx", Code))).Single().Name.ShouldBe("TypeScript");
        (await LanguageStatistics.ComputeAsync(new MemoryTree().Add("README.md", "# A").Add("logo.png", [0x89, 0x50, 0]))).ShouldBeEmpty();
        (await LanguageStatistics.ComputeAsync(new MemoryTree())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_notebook_and_a_pointer_to_large_storage_count_nothing()
    {
        var languages = await LanguageStatistics.ComputeAsync(new MemoryTree()
            .Add(".gitattributes", "*.cpp filter=lfs\n")
            .Add("a.ipynb", "{\"cells\": [").Add("b.cpp", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n"));
        languages.ShouldBeEmpty();
    }
}
