using Rialto.Repositories;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class LicenceDetectionTests
{
    [Fact]
    public async Task A_licence_file_is_recognised_with_its_evidence()
    {
        var licence = await Detect(new MemoryTree().Add("LICENSE", LicenceTexts.Mit));
        licence.ShouldNotBeNull().Expression.ShouldBe("MIT");
        licence.Name.ShouldBe("MIT License");
        licence.IsOsiApproved.ShouldBeTrue();
        licence.Files.ShouldBe([new LicenceFile("LICENSE", "MIT", 1)]);
        licence.Evidence.ShouldBe([new Evidence("LICENSE", 1, MemoryTree.Commit)]);
    }

    [Fact]
    public async Task Without_any_statement_there_is_no_licence() =>
        (await Detect(new MemoryTree().Add("README.md", "# A\n\nA license plate reader.\n").Add("src/license.js", "MIT"))).ShouldBeNull();

    [Theory]
    [InlineData("> ", "")]
    [InlineData(" * ", "")]
    [InlineData("# ", "")]
    [InlineData("", "\r")]
    public async Task Comment_signs_quotes_and_line_ends_make_no_difference(string prefix, string suffix)
    {
        var text = string.Join('\n', LicenceTexts.Mit.Split('\n').Select(line => prefix + line + suffix));
        (await Detect(new MemoryTree().Add("LICENSE.txt", text))).ShouldNotBeNull().Expression.ShouldBe("MIT");
    }

    [Fact]
    public async Task An_HTML_page_and_old_encodings_are_read()
    {
        var page = $"<!DOCTYPE html><html><head><title>Licence</title><style>p {{}}</style></head><body><p>{LicenceTexts.Mit.Replace("\n\n", "</p><p>").Replace("\"", "&quot;")}</p></body></html>";
        (await Detect(new MemoryTree().Add("license.html", page))).ShouldNotBeNull().Expression.ShouldBe("MIT");
        byte[] latin = [.. System.Text.Encoding.Latin1.GetBytes("Copyright © 2026 Zoë\n" + LicenceTexts.Mit)];
        (await Detect(new MemoryTree().Add("COPYING", latin))).ShouldNotBeNull().Expression.ShouldBe("MIT");
    }

    [Fact]
    public async Task Two_named_files_are_a_choice_and_two_unnamed_ones_apply_together()
    {
        (await Detect(new MemoryTree().Add("LICENSE-MIT", LicenceTexts.Mit).Add("LICENSE-ISC", LicenceTexts.Isc))).ShouldNotBeNull().Expression.ShouldBe("MIT OR ISC");
        (await Detect(new MemoryTree().Add("LICENSE", LicenceTexts.Mit).Add("COPYING", LicenceTexts.Isc))).ShouldNotBeNull().Expression.ShouldBe("MIT AND ISC");
        (await Detect(new MemoryTree().Add("LICENSE", LicenceTexts.Mit).Add("COPYING", LicenceTexts.Isc).Add("README.md", "# A\n## License\nEither MIT or ISC, at your option.\n")))
            .ShouldNotBeNull().Expression.ShouldBe("MIT OR ISC");
    }

    [Fact]
    public async Task A_manifest_says_how_the_files_combine()
    {
        var tree = new MemoryTree().Add("LICENSE", LicenceTexts.Mit).Add("COPYING", LicenceTexts.Isc);
        (await Detect(tree, Package("ISC OR MIT"))).ShouldNotBeNull().Expression.ShouldBe("ISC OR MIT");
        (await Detect(tree, Package("Apache-2.0"))).ShouldNotBeNull().Expression.ShouldBe("MIT AND ISC");
    }

    [Theory]
    [InlineData("MIT/Apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("apache-2.0", "Apache-2.0")]
    [InlineData("GPL-3.0+", "GPL-3.0-or-later")]
    [InlineData("GPL-2.0", "GPL-2.0-only")]
    [InlineData("(MIT OR GPL-2.0-only) AND BSD-3-Clause", "(MIT OR GPL-2.0-only) AND BSD-3-Clause")]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("The MIT License", "MIT")]
    [InlineData("Apache License, Version 2.0", "Apache-2.0")]
    [InlineData("UNLICENSED", null)]
    [InlineData("SEE LICENSE IN terms.pdf", null)]
    [InlineData("Proprietary OR else", null)]
    public async Task A_manifest_alone_states_the_licence(string field, string? expression) =>
        (await Detect(new MemoryTree().Add("package.json", "{}"), Package(field)))?.Expression.ShouldBe(expression);

    [Theory]
    [InlineData("## License\n\nMIT © Ada\n", "MIT")]
    [InlineData("License\n-------\n\nLicensed under the Apache License, Version 2.0.\n", "Apache-2.0")]
    [InlineData("## Licensing\n\nThis is free software under the GNU GPL v3 or later.\n", "GPL-3.0-or-later")]
    [InlineData("## License\n\nDual-licensed under MIT and Apache 2.0, at your option.\n", "MIT OR Apache-2.0")]
    [InlineData("## License\n\nAsk us.\n\n## Other\n\nMIT\n", null)]
    public async Task The_readme_is_weaker_evidence(string text, string? expression) =>
        (await Detect(new MemoryTree().Add("README.md", "# A\n\n" + text)))?.Expression.ShouldBe(expression);

    [Fact]
    public async Task A_changed_text_is_not_called_the_original()
    {
        var changed = LicenceTexts.Mit.Replace("The above copyright", "The Software may not be used for commercial purposes, by competitors of the author, or in any product that is sold or rented to others without a written agreement with the author that names the product and its users.\n\nThe above copyright");
        var licence = await Detect(new MemoryTree().Add("LICENSE", changed));
        licence.ShouldNotBeNull().Expression.ShouldBe("LicenseRef-Modified-MIT");
        licence.Name.ShouldBe("MIT License, modified");
        licence.IsOsiApproved.ShouldBeFalse();
    }

    [Fact]
    public async Task Notices_of_bundled_software_are_not_the_projects_licence()
    {
        var text = LicenceTexts.Mit + "\n\n# Licenses of bundled dependencies\n\n## left-pad\n\n" + LicenceTexts.Isc;
        (await Detect(new MemoryTree().Add("LICENSE.md", text).Add("THIRD-PARTY-LICENSES.txt", LicenceTexts.Isc))).ShouldNotBeNull().Expression.ShouldBe("MIT");
    }

    [Theory]
    [InlineData("Copyright 2026 Ada. All rights reserved.", "LicenseRef-All-Rights-Reserved")]
    [InlineData("Talk to our lawyers before you touch this.", "LicenseRef-Unrecognised")]
    [InlineData("# PolyForm Shield License 1.0.0\n\n<https://polyformproject.org>\n\n## Acceptance\n", "LicenseRef-PolyForm-Shield-1.0.0")]
    [InlineData("SPDX-License-Identifier: MIT OR Apache-2.0\n\nSee the folder LICENSES.", "MIT OR Apache-2.0")]
    public async Task Texts_beyond_SPDX_are_named_and_never_approved(string text, string expression)
    {
        var licence = await Detect(new MemoryTree().Add("LICENSE", text));
        licence.ShouldNotBeNull().Expression.ShouldBe(expression);
        licence.IsOsiApproved.ShouldBe(!expression.Contains("Ref"));
    }

    [Fact]
    public async Task The_commons_clause_is_told_beside_the_licence_it_restricts()
    {
        const string Clause = "\"Commons Clause\" License Condition v1.0\n\nThe Software is provided to you by the Licensor under the License, subject to the following condition.\n\nSoftware: A\nLicense: MIT\nLicensor: Ada\n\n";
        var licence = await Detect(new MemoryTree().Add("LICENSE", Clause + LicenceTexts.Mit));
        licence.ShouldNotBeNull().Expression.ShouldBe("MIT AND LicenseRef-Commons-Clause");
        licence.IsOsiApproved.ShouldBeFalse();
    }

    [Fact]
    public async Task A_header_in_the_source_is_the_last_resort()
    {
        var licence = await Detect(new MemoryTree().Add("a.c", "\n/* SPDX-License-Identifier: BSD-2-Clause */\nint x;\n"));
        licence.ShouldNotBeNull().Expression.ShouldBe("BSD-2-Clause");
        licence.Evidence.Single().Line.ShouldBe(2);
    }

    [Fact]
    public async Task A_hostile_file_is_answered_quickly()
    {
        var hostile = string.Concat(Enumerable.Repeat("[[[((( <p <p license license (c) commons \n", 20_000));
        (await Detect(new MemoryTree().Add("LICENSE", hostile))).ShouldNotBeNull();
    }

    private static Task<LicenceFacts?> Detect(ISourceTree tree, params PackageFacts[] packages) => LicenceDetection.DetectAsync(tree, packages, TestContext.Current.CancellationToken);

    private static PackageFacts Package(string licence) => new()
    {
        Ecosystem = "npm", Name = "a", Manifest = "package.json", Licence = licence, Dependencies = [], Evidence = new Evidence("package.json", 3, MemoryTree.Commit),
    };
}
