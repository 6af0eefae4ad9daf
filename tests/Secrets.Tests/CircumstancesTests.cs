using Rialto.Testing;
using Shouldly;

namespace Rialto.Secrets.Tests;

/// <summary>Tokens are put together here so that no scanner, this one included, finds them in this file.</summary>
public sealed class CircumstancesTests
{
    private const string Hex = "5f352379324c2246" + "3451387a0aec5d2f";
    private const string Google = "AIza" + "SyQ7w2Xk9Lm4Tz8Rb1Vn6Hc3Yd5Pf0Gs-Jq";

    private static async Task<string[]> In(string path, string text) =>
        [.. (await SecretsModule.CreateScanner().ScanAsync(new MemoryTree().Add(path, text), cancel: TestContext.Current.CancellationToken)).Findings.Select(finding => finding.Rule)];

    [Theory]
    [InlineData("src/settings.py", "SECRET_KEY = '" + Hex + "'\n", 1)]
    [InlineData("tests/settings.py", "SECRET_KEY = '" + Hex + "'\n", 0)]
    [InlineData("pkg/auth_test.go", "secret := \"" + Hex + "\"\n", 0)]
    [InlineData("README.md", "SECRET_KEY = '" + Hex + "'\n", 1)]
    [InlineData("docs/config.rst", "Run ``python -c 'import secrets; print(secrets.token_hex())'``::\n\n    SECRET_KEY = '" + Hex + "'\n", 0)]
    [InlineData("docs/auth.md", "Using generated security password: 0vUBJpRIppkKuZ7dYzYqOKtranj4unGh\n", 0)]
    [InlineData("site/config.js", "docsearch({ apiKey: '" + Hex + "', indexName: 'product' })\n", 0)]
    [InlineData("src/app.py", "access_key = \"QUNDRVNTX0tFWQ==\"\n", 0)]
    public async Task A_value_that_only_its_name_marks_is_judged_by_where_it_stands(string path, string text, int hits) => (await In(path, text)).Length.ShouldBe(hits);

    [Theory]
    [InlineData("tests/fixtures/env", "token = ghp_" + "9fK2mQ7xR4tL8vB1nZ6cW3yH5dP0sJaGuEoT")]
    [InlineData("tests/app.config", "Server=db.shop.example;Database=shop;User Id=app;Password=v7Qm-29xK-Lr4t;")]
    [InlineData("docs/setup.md", "Run with AKIA" + "Q7X2M5K4T3R6V2ZB")]
    public async Task A_token_with_its_vendors_mark_is_believed_everywhere(string path, string text) => (await In(path, text + "\n")).ShouldNotBeEmpty();

    [Theory]
    [InlineData("app/google-services.json", "{\"api_key\": [{\"current_key\": \"" + Google + "\"}]}", 0)]
    [InlineData("web/app.js", "const app = { apiKey: '" + Google + "', authDomain: 'a.firebaseapp.com', messagingSenderId: '1' };", 0)]
    [InlineData("web/maps.js", "load('https://maps.example/?key=" + Google + "')", 1)]
    public async Task A_Firebase_key_is_public_by_design_and_another_of_Google_is_not(string path, string text, int hits) => (await In(path, text)).Length.ShouldBe(hits);

    [Theory]
    [InlineData("Authorization: Basic YWRtaW46YWRtaW4=", 0)]
    [InlineData("Authorization: Basic QWxhZGRpbjpPcGVuU2VzYW1l", 0)]
    [InlineData("Authorization: Basic YWRhOms3I21RMnhWOXRM", 1)]
    public async Task A_login_that_the_standard_prints_or_anybody_would_guess_is_none(string line, int hits) => (await In("src/client.txt", line + "\n")).Length.ShouldBe(hits);

    [Theory]
    [InlineData("Server=localhost;Database=a;User Id=sa;Password=saAccount3Secure;", 0)]
    [InlineData("Server=tcp:127.0.0.1,1433;Database=a;User Id=sa;Password=saAccount3Secure;", 0)]
    [InlineData("Server=db.acme.example;Database=a;User Id=sa;Password=saAccount3Secure;", 1)]
    public async Task A_password_for_this_machine_opens_nothing(string line, int hits) => (await In("ci.yml", line + "\n")).Length.ShouldBe(hits);
}
