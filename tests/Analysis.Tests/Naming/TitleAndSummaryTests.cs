using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class TitleAndSummaryTests
{
    private static async Task<Facts> Of(string readme, string path = "README.md", string name = "quill") =>
        await AnalysisModule.NewAnalyzer().AnalyzeAsync(new MemoryTree { Identity = new MemoryTree().Identity with { Name = name } }.Add(path, readme), cancel: TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("# Welcome to Quill! 🎉\n", "Quill")]
    [InlineData("# Quill: templates without surprises\n", "Quill")]
    [InlineData("<h1 align=\"center\">\n\n<img src=\"logo.svg\" alt=\"Quill\">\n\n</h1>\n", "Quill")]
    [InlineData("<h1><p align=center><img src=x.png alt=Logo><br>Quill</h1>\n", "Quill")]
    [InlineData("# Sponsored by Acme\n\n# Quill\n", "Quill")]
    [InlineData("# Installation\n\nRun it. Then `Quill` starts.\n", "Quill")]
    [InlineData("# What is Quill?\n\nA thing.\n", "Quill")]
    [InlineData("Quill\n=====\n\nText.\n", "Quill")]
    [InlineData("# [Quill](https://quill.example) ![badge](https://img.shields.io/a.svg)\n", "Quill")]
    [InlineData("no heading at all\n", "quill")]
    public async Task The_title_is_what_the_project_calls_itself(string readme, string title) => (await Of(readme)).Title.Value.ShouldBe(title);

    [Fact]
    public async Task The_summary_is_the_first_real_sentence_and_not_a_notice_a_badge_or_a_navigation()
    {
        var facts = await Of("""
            # Quill

            [![ci](https://github.com/a/b/actions/workflows/ci.yml/badge.svg)](x)

            [English](README.md) | [中文](README.zh.md)

            > [!WARNING]
            > This repository has moved and Quill is a thing of the past.

            Sponsored by Acme, the best company for everything that you could wish for.

            Quill is a template engine that never evaluates code. It is fast.
            """);
        facts.Summary!.Value.ShouldBe("Quill is a template engine that never evaluates code. It is fast.");
        facts.Tagline!.Value.ShouldBe("A template engine that never evaluates code");
    }

    [Fact]
    public async Task Chinese_and_Arabic_readmes_are_read_in_their_own_words()
    {
        var chinese = await Of("# 羽毛笔\n\n羽毛笔是一个不会执行代码的模板引擎，适合所有人使用。它很快。\n");
        chinese.Title.Value.ShouldBe("羽毛笔");
        chinese.Readme!.Language.ShouldBe("zh");
        chinese.Summary!.Value.ShouldStartWith("羽毛笔是一个");
        var arabic = await Of("# ريشة\n\nريشة هي محرك قوالب لا ينفذ أي شيفرة وهي سريعة جدا وسهلة الاستخدام للجميع.\n");
        arabic.Title.Value.ShouldBe("ريشة");
        arabic.Readme!.Language.ShouldBe("ar");
    }

    [Fact]
    public async Task ReStructuredText_and_AsciiDoc_tell_the_same()
    {
        var rst = await Of("=====\nQuill\n=====\n\n.. image:: https://img.shields.io/x.svg\n\n*Quill* is a template engine for `Python <https://python.org>`_ programs.\n\nUsage\n-----\n\n::\n\n    >>> import quill\n    >>> quill.render()\n", "README.rst");
        rst.Summary!.Value.ShouldBe("Quill is a template engine for Python programs.");
        rst.Readme!.Outline.Select(heading => (heading.Level, heading.Text, heading.Line)).ShouldBe([(1, "Quill", 2), (2, "Usage", 9)]);
        var adoc = await Of("= Quill\nAda Lovelace <ada@example.org>\n:lang: Ruby\n\nNOTE: Old.\n\nQuill is a template engine for {lang} programs.\n\n== Usage\n", "README.adoc");
        adoc.Summary!.Value.ShouldBe("Quill is a template engine for Ruby programs.");
        adoc.Readme!.Outline.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("# Quill - a small engine for pages\n\nText about it.\n", "A small engine for pages")]
    [InlineData("# Quill\n\nQuill is often referred to as a *page* engine. It is small.\n", "A page engine")]
    [InlineData("# Quill\n\n*high power tools for pages*\n", "High power tools for pages")]
    [InlineData("# Quill\n\nThe Quill is a page engine for everyone.\n", "A page engine for everyone")]
    [InlineData("# Quill\n\nQuill is a page engine with syntax. Quill makes work easy, such as:\n\n- a\n- b\n", "A page engine with syntax")]
    public async Task The_tagline_is_what_the_project_says_at_its_top(string readme, string tagline) => (await Of(readme)).Tagline!.Value.ShouldBe(tagline);

    [Fact]
    public async Task What_an_installation_needs_is_not_what_the_project_is()
    {
        var facts = await Of("# Quill\n\nThis library is used by many to draw pages quickly and well.\n\n## Installation\n\n### Dependencies\n\nQuill is a Ruby library so you will need a recent version of Ruby installed.\n");
        facts.Summary!.Value.ShouldBe("This library is used by many to draw pages quickly and well.");
    }

    [Fact]
    public async Task A_sentence_far_below_about_something_else_is_no_summary() =>
        (await Of("# Quill\n\n## Contents\n\n- [a](#a)\n\n## Goals\n\n- b\n\n## Examples\n\nWith these examples you get an idea of how to use the class in pages.\n")).Summary.ShouldBeNull();
}
