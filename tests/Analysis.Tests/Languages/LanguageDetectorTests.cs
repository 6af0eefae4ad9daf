using System.Text;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("src/main.rs", "fn main() {}", "Rust")]
    [InlineData("Makefile", "all:\n\tcc x.c\n", "Makefile")]
    [InlineData("Dockerfile", "FROM alpine\n", "Dockerfile")]
    [InlineData("views/x.html.erb", "<%= 1 %>", "HTML+ERB")]
    [InlineData("src/App.TSX", "export const a = <b/>;", "TSX")]
    [InlineData("a.xaml", "<Window/>", "XML")]
    [InlineData("notes.unknown", "hello", null)]
    public void Names_and_extensions_tell(string path, string text, string? language) => Detect(path, text).ShouldBe(language);

    [Theory]
    [InlineData("#!/bin/bash\necho", "Shell")]
    [InlineData("#!/usr/bin/env python3.11\nprint()", "Python")]
    [InlineData("#!/usr/bin/env -S node --no-warnings\n1", "JavaScript")]
    [InlineData("#! /usr/bin/env A=1 B=2 ruby -w\n", "Ruby")]
    [InlineData("#!/bin/sh\nexec scala \"$0\" \"$@\"\n!#\n", "Scala")]
    [InlineData("#!/usr/bin/osascript -l JavaScript\n", null)]
    [InlineData("#!/usr/bin/env\n", null)]
    [InlineData("#!\n", null)]
    [InlineData("echo #!/bin/sh", null)]
    public void A_shebang_tells_where_the_name_is_silent(string text, string? language) => Detect("bin/tool", text).ShouldBe(language);

    [Theory]
    [InlineData("// -*- C++ -*-\nint x;", "C++")]
    [InlineData("# -*- mode: ruby; coding: utf-8 -*-\n", "Ruby")]
    [InlineData("; -*- coding: utf-8; Mode: Scheme -*-\n", "Scheme")]
    [InlineData("a\n# vim: ft=python\n", "Python")]
    [InlineData("a\n/* vim: set ts=4 ft=perl: */\n", "Perl")]
    [InlineData("a\n// vim:sw=2:filetype=javascript\n", "JavaScript")]
    [InlineData("a\n# vi: set syntax=sh :\n", "Shell")]
    [InlineData("1\n2\n3\n4\n5\n6\n# vim: ft=python\n1\n2\n3\n4\n5\n6\n", null)]
    [InlineData("a draft=left\n", null)]
    [InlineData("-*- nothing such -*-\n", null)]
    public void A_modeline_in_the_first_or_last_five_lines_tells(string text, string? language) => Detect("file", text).ShouldBe(language);

    [Theory]
    [InlineData("a.h", "#import <Foundation/Foundation.h>\n@interface A : NSObject\n@end\n", "Objective-C")]
    [InlineData("a.h", "#include <vector>\nnamespace a { template <typename T> class B; }\n", "C++")]
    [InlineData("a.h", "#include <stdio.h>\nint f(void);\n", "C")]
    [InlineData("a.pl", "use strict;\nmy $x = 1;\n", "Perl")]
    [InlineData("a.pl", ":- module(a, [b/1]).\nb(X) :- c(X).\n", "Prolog")]
    [InlineData("a.m", "function y = f(x)\n  y = x;\nend\n", "MATLAB")]
    [InlineData("a.ts", "export class A { private b: string = \"\"; }\n", "TypeScript")]
    [InlineData("a.ts", "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS language=\"de\"></TS>\n", "XML")]
    [InlineData("a.v", "module a(input b, output c);\nalways @(posedge b) c <= 1;\nendmodule\n", "Verilog")]
    [InlineData("a.1", ".TH A 1\n.SH NAME\na \\- b\n", "Roff Manpage")]
    [InlineData("a.fs", "module A\nlet f x = x + 1\n", "F#")]
    [InlineData("a.r", "x <- c(1, 2)\nlibrary(stats)\n", "R")]
    [InlineData("unknown.conf9", "<?xml version=\"1.0\"?><a/>", "XML")]
    public void Content_decides_between_languages_of_one_extension(string path, string text, string language) => Detect(path, text).ShouldBe(language);

    [Fact]
    public void A_binary_file_has_no_language_and_utf16_is_no_binary()
    {
        LanguageDetector.Detect("a.c", [1, 2, 0, 3]).ShouldBeNull();
        LanguageDetector.Detect("a.c", []).ShouldBeNull();
        byte[] wide = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("using System;\nnamespace A { public class B { } }\n")];
        LanguageDetector.Detect("a.cs", wide).ShouldNotBeNull().Name.ShouldBe("C#");
    }

    /// <summary>Every pattern is built without backtracking; this proves that none of them needs what that engine refuses.</summary>
    [Fact]
    public void Every_heuristic_can_be_run_on_hostile_text()
    {
        var hostile = string.Concat(Enumerable.Repeat("((((a a a [[[[ \"\" '' = : ; \t\n", 1500));
        foreach (var extension in LanguageCatalogue.All.SelectMany(l => l.Extensions).Distinct())
            LanguageHeuristics.Match("x" + extension, hostile).ShouldNotBeNull();
    }

    [Fact]
    public void All_languages_are_loaded_and_every_group_is_a_language()
    {
        LanguageCatalogue.All.Count.ShouldBeGreaterThan(800);
        LanguageCatalogue.All.ShouldAllBe(l => LanguageCatalogue.Named(l.GroupName) != null);
        LanguageCatalogue.Aliased("js,ignored").ShouldNotBeNull().Name.ShouldBe("JavaScript");
        LanguageCatalogue.Aliased("CPP").ShouldNotBeNull().Name.ShouldBe("C++");
    }

    private static string? Detect(string path, string text) => LanguageDetector.Detect(path, Encoding.UTF8.GetBytes(text))?.Name;
}
